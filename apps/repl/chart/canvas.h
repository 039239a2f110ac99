#ifndef PROMLITE_APPS_REPL_CHART_CANVAS_H_
#define PROMLITE_APPS_REPL_CHART_CANVAS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "promlite/apps/repl/terminal/terminal.h"

namespace promlite::repl {

// How the lines of a chart are told apart.
struct LineStyle {
  Color color = Color::kNone;
  // Drawn instead of dots where there are several lines and no colours; 0 = dots.
  char marker = 0;
};

// A drawing in braille characters: each cell is two dots wide and four high. A cell belongs to the
// line that was drawn there last.
class Canvas {
 public:
  Canvas(size_t columns, size_t rows);

  size_t dots_across() const { return columns_ * 2; }
  size_t dots_down() const { return rows_ * 4; }

  // Dots are counted from the upper left; those outside are ignored.
  void Dot(int64_t x, int64_t y, size_t line);
  // Both ends included. REQUIRES: ends at most some drawings away (the walk goes dot by dot).
  void Line(int64_t x0, int64_t y0, int64_t x1, int64_t y1, size_t line);

  // One line of the drawing, `styles` by line number, without blanks at its end.
  std::string Row(size_t row, const std::vector<LineStyle>& styles) const;

 private:
  struct Cell {
    uint8_t dots = 0;
    size_t line = 0;
  };

  const size_t columns_;
  const size_t rows_;
  std::vector<Cell> cells_;
};

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_CHART_CANVAS_H_
