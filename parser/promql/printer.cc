#include "promlite/parser/promql/printer.h"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "promlite/parser/promql/expr_text.h"

namespace promlite::promql {
namespace {

using internal::TextPiece;

// Nodes whose text is longer than this are split over lines.
constexpr size_t kMaxBytesPerLine = 100;

// How long each node's text on one line is, found from the leaves up, so that the text itself is
// written only once.
class LengthVisitor {
 public:
  void Enter(const Expr&) {}
  void AfterChild(const Expr&, size_t) {}
  void Leave(const Expr& expr) {
    size_t length = 0;
    for (const TextPiece& piece : internal::TextPieces(expr)) {
      length += piece.text.size() + (piece.child != nullptr ? lengths_.at(piece.child) : 0);
    }
    lengths_[&expr] = length;
  }
  bool IsLong(const Expr& expr) const { return lengths_.at(&expr) > kMaxBytesPerLine; }

 private:
  std::unordered_map<const Expr*, size_t> lengths_;
};

class PrettyPrinter {
 public:
  explicit PrettyPrinter(const Expr& root) {
    WalkTree(root, &lengths_);
    to_print_.push_back(Node(root, 0));
  }

  std::string Print() {
    while (!to_print_.empty()) {
      const Item item = std::move(to_print_.back());
      to_print_.pop_back();
      if (item.node != nullptr) {
        PrintNode(*item.node, item.level);
      } else if (item.is_indent) {
        AppendIndent(item.level);
      } else {
        Append(item.text);
      }
    }
    return std::move(out_);
  }

 private:
  // A node, an indent, or text.
  struct Item {
    const Expr* node = nullptr;
    size_t level = 0;
    bool is_indent = false;
    std::string text;
  };
  using Items = std::vector<Item>;

  static Item Node(const Expr& expr, size_t level) { return {&expr, level, false, ""}; }
  static Item Indent(size_t level) { return {nullptr, level, true, ""}; }
  static Item Text(std::string text) { return {nullptr, 0, false, std::move(text)}; }

  void Push(Items items) {
    to_print_.insert(to_print_.end(), std::make_move_iterator(items.rbegin()),
                     std::make_move_iterator(items.rend()));
  }

  void Append(std::string_view text) {
    if (!text.empty()) behind_sign_ = false;
    out_.append(text);
  }

  // Nothing stands between a sign and its operand, whatever the operand's level.
  void AppendIndent(size_t level) {
    if (!behind_sign_) out_.append(2 * level, ' ');
  }

  void PrintNode(const Expr& expr, size_t level) {
    switch (expr.kind()) {
      case ExprKind::kUnary: {
        const auto& unary = As<UnaryExpr>(expr);
        AppendIndent(level);
        Append(internal::SignText(unary.op));
        behind_sign_ = true;
        Push({Node(*unary.expr, level)});
        return;
      }
      case ExprKind::kSubquery: {
        const auto& subquery = As<SubqueryExpr>(expr);
        // As in Prometheus, a short one is not indented.
        if (!lengths_.IsLong(expr)) return Append(promql::Print(expr));
        Push({Node(*subquery.expr, level), Text(internal::SubquerySuffix(subquery))});
        return;
      }
      case ExprKind::kCall:
      case ExprKind::kAggregate:
      case ExprKind::kBinary:
      case ExprKind::kParen:
        if (lengths_.IsLong(expr)) return PrintSplit(expr, level);
        break;
      default:
        break;
    }
    AppendIndent(level);
    Append(promql::Print(expr));
  }

  void PrintSplit(const Expr& expr, size_t level) {
    switch (expr.kind()) {
      case ExprKind::kBinary:
        return PrintBinary(As<BinaryExpr>(expr), level);
      case ExprKind::kAggregate: {
        const auto& aggregate = As<AggregateExpr>(expr);
        std::vector<const Expr*> operands;
        if (aggregate.parameter != nullptr) operands.push_back(aggregate.parameter.get());
        operands.push_back(aggregate.expr.get());
        return PrintEnclosed(internal::AggregateHead(aggregate), operands, level);
      }
      case ExprKind::kCall: {
        const auto& call = As<Call>(expr);
        std::vector<const Expr*> operands;
        for (const ExprPtr& argument : call.arguments) operands.push_back(argument.get());
        return PrintEnclosed(std::string(call.function->name), operands, level);
      }
      default:
        return PrintEnclosed("", {As<ParenExpr>(expr).expr.get()}, level);
    }
  }

  // The operands one level deeper, the operator between them.
  void PrintBinary(const BinaryExpr& binary, size_t level) {
    TextPiece lhs = std::move(internal::TextPieces(binary).front());
    Items items;
    if (lhs.child != nullptr) {
      items.push_back(Node(*lhs.child, level + 1));
    } else {
      items.push_back(Indent(level + 1));
      items.push_back(Text(std::move(lhs.text)));
    }
    items.push_back(Text("\n"));
    items.push_back(Indent(level));
    items.push_back(Text(internal::OperatorAndModifiers(binary) + "\n"));
    items.push_back(Node(*binary.rhs, level + 1));
    Push(std::move(items));
  }

  // head(, the operands on lines of their own one level deeper, ).
  void PrintEnclosed(std::string head, const std::vector<const Expr*>& operands, size_t level) {
    Items items;
    items.push_back(Indent(level));
    items.push_back(Text(std::move(head) + "(\n"));
    for (const Expr* operand : operands) {
      if (operand != operands.front()) items.push_back(Text(",\n"));
      items.push_back(Node(*operand, level + 1));
    }
    items.push_back(Text("\n"));
    items.push_back(Indent(level));
    items.push_back(Text(")"));
    Push(std::move(items));
  }

  LengthVisitor lengths_;
  // What is still to be printed, the next on top.
  Items to_print_;
  bool behind_sign_ = false;
  std::string out_;
};

}  // namespace

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

std::string PrettyPrint(const Expr& expr) { return PrettyPrinter(expr).Print(); }

}  // namespace promlite::promql
