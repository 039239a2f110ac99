#ifndef PROMLITE_APPS_REPL_OUTPUT_TABLE_H_
#define PROMLITE_APPS_REPL_OUTPUT_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace promlite::repl {

// Text in rows and columns, drawn inside a box.
class Table {
 public:
  enum class Align { kLeft, kRight };

  // Cells wider than `max_width` are wrapped however much room there is; 0 = without limit.
  void AddColumn(std::string title, Align align = Align::kLeft, size_t max_width = 0);
  // REQUIRES: as many cells as there are columns. Cells are made printable.
  void AddRow(std::vector<std::string> cells);

  // Drops all rows but the first `most`.
  void KeepRows(size_t most);

  bool empty() const { return rows_.empty(); }
  size_t row_count() const { return rows_.size(); }
  // How wide the box is if it has all the room it asks for, and the least room it needs.
  size_t NaturalWidth() const;
  size_t MinimalWidth() const;

  // The box, at most `max_width` cells wide (0 = without limit): the widest columns are wrapped,
  // first only at blanks, then anywhere down to 13 cells, right-aligned ones (numbers, times) last.
  // So nothing of a value is lost; the box is wider where it cannot be that narrow. Ends in a line
  // feed.
  std::string Render(size_t max_width) const;

 private:
  struct Column {
    std::string title;
    Align align;
    size_t max_width = 0;
    size_t width = 0;       // of the widest cell, at most max_width
    size_t word_width = 0;  // of the longest piece without a blank
  };

  // Widens the column to what the cell asks for.
  static void Measure(std::string_view cell, Column* column);
  std::vector<size_t> FittedWidths(size_t max_width) const;
  enum class Floor { kWords, kLeftAligned, kAll };
  // What a column may be narrowed to.
  static size_t FloorOf(const Column& column, Floor floor);
  // Narrows the widest of the columns, cell by cell, until the box has `excess` cells less.
  void Narrow(Floor floor, size_t excess, std::vector<size_t>* widths) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OUTPUT_TABLE_H_
