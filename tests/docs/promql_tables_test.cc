// The tables of docs/promql.md list the functions and aggregations of the parser: each one, with
// its arguments, and with the option that it needs.

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/functions.h"
#include "promlite/tests/docs/markdown.h"

namespace promlite::docs {
namespace {

// The rows of the tables below a heading "## ...", as their cells.
std::vector<std::vector<std::string>> RowsBelow(const std::string& heading) {
  std::ifstream file("docs/promql.md");
  std::ostringstream text;
  text << file.rdbuf();
  std::vector<std::vector<std::string>> rows;
  bool below = false;
  for (const std::string& line : SplitLines(text.str())) {
    if (line.starts_with("## ")) below = line == "## " + heading;
    if (!below || !line.starts_with("| `")) continue;
    std::vector<std::string>& cells = rows.emplace_back();
    for (size_t start = 1, end; (end = line.find('|', start)) != std::string::npos;
         start = end + 1) {
      const size_t first = line.find_first_not_of(' ', start);
      const size_t last = line.find_last_not_of(' ', end - 1);
      cells.push_back(first >= end ? "" : line.substr(first, last - first + 1));
    }
  }
  return rows;
}

std::string TypeName(promql::ValueType type) {
  switch (type) {
    case promql::ValueType::kScalar:
      return "scalar";
    case promql::ValueType::kVector:
      return "vector";
    case promql::ValueType::kMatrix:
      return "range";
    case promql::ValueType::kString:
      return "string";
    case promql::ValueType::kNone:
      break;
  }
  return "none";
}

// `round(vector[, scalar])`; `…` stands behind an argument that may be repeated.
std::string Signature(const promql::Function& function) {
  std::string text = "`" + std::string(function.name) + "(";
  for (size_t i = 0; i < function.arguments.size(); ++i) {
    const bool optional = function.variadic != 0 && i + 1 == function.arguments.size();
    if (optional) text += "[";
    if (i > 0) text += ", ";
    text += TypeName(function.arguments[i]);
    if (optional) text += function.variadic == 1 ? "]" : "\u2026]";
  }
  return text + ")`";
}

TEST(PromqlTables, ListEveryFunctionWithItsArgumentsAndOption) {
  std::set<std::string> listed, wanted;
  for (const std::vector<std::string>& row : RowsBelow("Functions")) {
    ASSERT_EQ(row.size(), 4u) << row[0];
    EXPECT_TRUE(listed.insert(row[0] + " " + row[2]).second) << row[0] << " is listed twice";
    EXPECT_FALSE(row[1].empty()) << row[0];
  }
  for (const promql::Function& function : promql::AllFunctions()) {
    wanted.insert(Signature(function) + " " + (function.experimental ? "functions" : ""));
  }
  EXPECT_EQ(listed, wanted);
}

TEST(PromqlTables, ListEveryAggregation) {
  std::set<std::string> listed, wanted;
  for (const std::vector<std::string>& row : RowsBelow("Aggregations")) {
    for (size_t start = 0; (start = row[0].find('`', start)) != std::string::npos;) {
      listed.insert(row[0].substr(start + 1, row[0].find('(', start) - start - 1));
      start = row[0].find('`', start + 1) + 1;
    }
  }
  for (const promql::AggregateOp op : promql::AllAggregateOps())
    wanted.emplace(promql::AggregateName(op));
  EXPECT_EQ(listed, wanted);
}

}  // namespace
}  // namespace promlite::docs
