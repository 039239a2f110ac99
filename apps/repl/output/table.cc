#include "promlite/apps/repl/output/table.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "promlite/apps/repl/text/text.h"

namespace promlite::repl {
namespace {

// A time of day with milliseconds stays in one piece.
constexpr size_t kNarrowestWrappedColumn = 13;

std::string Rule(const std::vector<size_t>& widths, std::string_view left, std::string_view middle,
                 std::string_view right) {
  std::string out(left);
  for (size_t i = 0; i < widths.size(); ++i) {
    if (i > 0) out += middle;
    out += Repeat("─", widths[i] + 2);
  }
  out += right;
  out += '\n';
  return out;
}

}  // namespace

void Table::AddColumn(std::string title, Align align, size_t max_width) {
  title = Printable(title);
  if (max_width == 0) max_width = std::numeric_limits<size_t>::max();
  columns_.push_back({title, align, max_width});
  Measure(title, &columns_.back());
}

void Table::AddRow(std::vector<std::string> cells) {
  for (size_t i = 0; i < columns_.size(); ++i) {
    cells[i] = Printable(cells[i]);
    Measure(cells[i], &columns_[i]);
  }
  rows_.push_back(std::move(cells));
}

void Table::KeepRows(size_t most) {
  if (rows_.size() > most) rows_.resize(most);
}

size_t Table::NaturalWidth() const {
  size_t width = 1;
  for (const Column& column : columns_) width += column.width + 3;
  return width;
}

size_t Table::MinimalWidth() const {
  size_t width = 1;
  for (const Column& column : columns_)
    width += std::min(column.width, kNarrowestWrappedColumn) + 3;
  return width;
}

void Table::Measure(std::string_view cell, Column* column) {
  column->width = std::max(column->width, std::min(DisplayWidth(cell), column->max_width));
  while (!cell.empty()) {
    const size_t end = std::min(cell.find(' '), cell.size());
    column->word_width = std::max(column->word_width, DisplayWidth(cell.substr(0, end)));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
}

std::vector<size_t> Table::FittedWidths(size_t max_width) const {
  std::vector<size_t> widths;
  for (const Column& column : columns_) widths.push_back(column.width);
  for (const Floor floor : {Floor::kWords, Floor::kLeftAligned, Floor::kAll}) {
    size_t total = 1;
    for (const size_t width : widths) total += width + 3;
    if (max_width == 0 || total <= max_width) break;
    Narrow(floor, total - max_width, &widths);
  }
  return widths;
}

size_t Table::FloorOf(const Column& column, Floor floor) {
  if (floor == Floor::kWords) return std::max(column.word_width, kNarrowestWrappedColumn);
  const bool may_break = floor == Floor::kAll || column.align == Align::kLeft;
  return may_break ? kNarrowestWrappedColumn : column.word_width;
}

void Table::Narrow(Floor floor, size_t excess, std::vector<size_t>* widths) const {
  for (; excess > 0; --excess) {
    size_t* widest = nullptr;
    for (size_t i = 0; i < widths->size(); ++i) {
      size_t& width = (*widths)[i];
      if (width > FloorOf(columns_[i], floor) && (widest == nullptr || width > *widest)) {
        widest = &width;
      }
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

std::string Table::Render(size_t max_width) const {
  if (columns_.empty()) return {};
  const std::vector<size_t> widths = FittedWidths(max_width);
  std::string out = Rule(widths, "┌", "┬", "┐");
  const auto add_row = [&](const auto& cell_of) {
    std::vector<std::vector<std::string>> cells;
    size_t height = 1;
    for (size_t i = 0; i < columns_.size(); ++i) {
      cells.push_back(Wrap(cell_of(i), std::max<size_t>(widths[i], 2)));
      height = std::max(height, cells.back().size());
    }
    for (size_t line = 0; line < height; ++line) {
      for (size_t i = 0; i < columns_.size(); ++i) {
        const std::string_view text =
            line < cells[i].size() ? std::string_view(cells[i][line]) : std::string_view();
        out += "│ ";
        out += columns_[i].align == Align::kRight ? PadLeft(text, widths[i])
                                                  : PadRight(text, widths[i]);
        out += ' ';
      }
      out += "│\n";
    }
  };
  add_row([&](size_t i) -> std::string_view { return columns_[i].title; });
  out += Rule(widths, "├", "┼", "┤");
  for (const std::vector<std::string>& row : rows_) {
    add_row([&](size_t i) -> std::string_view { return row[i]; });
  }
  out += Rule(widths, "└", "┴", "┘");
  return out;
}

}  // namespace promlite::repl
