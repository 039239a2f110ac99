#ifndef PROMLITE_APPS_REPL_TABLE_H_
#define PROMLITE_APPS_REPL_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace promlite::repl {

// Text in rows and columns, drawn inside a box.
class Table {
 public:
  enum class Align { kLeft, kRight };

  void AddColumn(std::string title, Align align = Align::kLeft);
  // REQUIRES: as many cells as there are columns. Cells are made printable.
  void AddRow(std::vector<std::string> cells);

  bool empty() const { return rows_.empty(); }
  size_t row_count() const { return rows_.size(); }
  // How wide the box is if no cell is wrapped.
  size_t NaturalWidth() const;

  // The box, at most `max_width` cells wide (0 = without limit): the widest columns are wrapped,
  // none below 12 cells, so that nothing of a value is lost. Ends in a line feed.
  std::string Render(size_t max_width) const;

 private:
  struct Column {
    std::string title;
    Align align;
    size_t width;
  };

  std::vector<size_t> FittedWidths(size_t max_width) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_TABLE_H_
