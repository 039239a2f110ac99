#include "promlite/apps/repl/output/explain_text.h"

#include <string_view>
#include <vector>

#include "promlite/apps/repl/output/table.h"
#include "promlite/apps/shared/time_text.h"

namespace promlite::repl {
namespace {

// Deeper trees are drawn no further to the right: the indentation would be all there is to see.
constexpr int kDeepestIndent = 20;

// "├─ " and the like in front of each operator. Filled in from the last to the first, since a
// branch goes on below as long as another operator of the same depth follows.
std::vector<std::string> Branches(const std::vector<ExplainedOperator>& operators) {
  std::vector<std::string> branches(operators.size());
  // Whether an operator of that depth follows before one that is less deep.
  std::vector<bool> follows(kDeepestIndent + 2);
  for (size_t i = operators.size(); i-- > 0;) {
    const int depth = operators[i].depth;
    if (depth > kDeepestIndent) {
      for (int level = 1; level <= kDeepestIndent; ++level) branches[i] += "  ";
      branches[i] += "↳ " + std::to_string(depth) + ": ";
      continue;
    }
    for (int level = 1; level < depth; ++level) branches[i] += follows[level] ? "│  " : "   ";
    if (depth > 0) branches[i] += follows[depth] ? "├─ " : "└─ ";
    follows[depth] = true;
    for (int level = depth + 1; level <= kDeepestIndent; ++level) follows[level] = false;
  }
  return branches;
}

}  // namespace

std::string FormatExplainedPlan(const ExplainedPlan& explained, absl::Duration elapsed,
                                size_t max_width) {
  Table table;
  table.AddColumn("operator");
  table.AddColumn("series", Table::Align::kRight);
  table.AddColumn("samples", Table::Align::kRight);
  table.AddColumn("time", Table::Align::kRight);
  const std::vector<std::string> branches = Branches(explained.operators);
  for (size_t i = 0; i < explained.operators.size(); ++i) {
    const ExplainedOperator& op = explained.operators[i];
    table.AddRow({branches[i] + op.description + (op.shared ? " (as above)" : ""),
                  std::to_string(op.series), std::to_string(op.samples),
                  op.shared ? std::string() : ElapsedText(op.time)});
  }
  return table.Render(max_width) + "time: " + ElapsedText(elapsed) + "\n";
}

}  // namespace promlite::repl
