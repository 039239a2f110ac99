#include "promlite/parser/promql/printer.h"

#include <vector>

#include "promlite/parser/promql/expr_text.h"

namespace promlite::promql {

std::string Print(const Expr& expr) {
  // What is still to be printed, the next piece on top: trees are too high for recursion.
  std::vector<internal::TextPiece> to_print;
  to_print.push_back({"", &expr});
  std::string out;
  while (!to_print.empty()) {
    const internal::TextPiece piece = std::move(to_print.back());
    to_print.pop_back();
    out.append(piece.text);
    if (piece.child == nullptr) continue;
    std::vector<internal::TextPiece> pieces = internal::TextPieces(*piece.child);
    to_print.insert(to_print.end(), std::make_move_iterator(pieces.rbegin()),
                    std::make_move_iterator(pieces.rend()));
  }
  return out;
}

}  // namespace promlite::promql
