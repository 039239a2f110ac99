#include "promlite/apps/repl/chart/canvas.h"

#include <cstdlib>

namespace promlite::repl {
namespace {

// The bit of U+2800's block for the dot in row y, column x of a cell.
constexpr uint8_t kDotBits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

void AppendBraille(uint8_t dots, std::string* out) {
  // U+2800 + dots in UTF-8.
  *out += '\xE2';
  *out += static_cast<char>(0xA0 | dots >> 6);
  *out += static_cast<char>(0x80 | (dots & 0x3F));
}

}  // namespace

Canvas::Canvas(size_t columns, size_t rows)
    : columns_(columns), rows_(rows), cells_(columns * rows) {}

void Canvas::Dot(int64_t x, int64_t y, size_t line) {
  if (x < 0 || y < 0 || x >= static_cast<int64_t>(dots_across()) ||
      y >= static_cast<int64_t>(dots_down())) {
    return;
  }
  Cell& cell = cells_[y / 4 * columns_ + x / 2];
  cell.dots |= kDotBits[y % 4][x % 2];
  cell.line = line;
}

void Canvas::Line(int64_t x0, int64_t y0, int64_t x1, int64_t y1, size_t line) {
  // Bresenham's algorithm.
  const int64_t dx = std::llabs(x1 - x0), dy = -std::llabs(y1 - y0);
  const int64_t step_x = x0 < x1 ? 1 : -1, step_y = y0 < y1 ? 1 : -1;
  int64_t error = dx + dy;
  while (true) {
    Dot(x0, y0, line);
    if (x0 == x1 && y0 == y1) return;
    const int64_t twice = 2 * error;
    if (twice >= dy) {
      error += dy;
      x0 += step_x;
    }
    if (twice <= dx) {
      error += dx;
      y0 += step_y;
    }
  }
}

std::string Canvas::Row(size_t row, const std::vector<LineStyle>& styles) const {
  std::string out, blanks;
  for (size_t column = 0; column < columns_; ++column) {
    const Cell& cell = cells_[row * columns_ + column];
    if (cell.dots == 0) {
      blanks += ' ';
      continue;
    }
    out += blanks;
    blanks.clear();
    const LineStyle& style = styles[cell.line];
    std::string glyph;
    if (style.marker != 0) {
      glyph = style.marker;
    } else {
      AppendBraille(cell.dots, &glyph);
    }
    out += Colored(glyph, style.color, style.color != Color::kNone);
  }
  return out;
}

}  // namespace promlite::repl
