#include <gtest/gtest.h>

#include "promlite/parser/promql/parser.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {

void FuzzParser(std::string_view query) {
  promql::Parse(query).IgnoreError();
  const promql::ParseOptions everything{
      .experimental_functions = true, .binop_fill_modifiers = true, .unquoted_utf8_names = true};
  const absl::StatusOr<promql::ExprPtr> expr = promql::Parse(query, everything);
  if (!expr.ok()) {
    EXPECT_EQ(expr.status().code(), absl::StatusCode::kInvalidArgument) << expr.status();
    EXPECT_TRUE(ErrorPosition(expr.status()).has_value()) << expr.status();
    return;
  }
  const std::string printed = promql::Print(**expr);
  const absl::StatusOr<promql::ExprPtr> again = promql::Parse(printed, everything);
  ASSERT_TRUE(again.ok()) << printed << ": " << again.status();
  EXPECT_EQ(promql::Print(**again), printed);
  EXPECT_EQ((*again)->type(), (*expr)->type());
  const absl::StatusOr<promql::ExprPtr> pretty =
      promql::Parse(promql::PrettyPrint(**expr), everything);
  ASSERT_TRUE(pretty.ok()) << promql::PrettyPrint(**expr) << ": " << pretty.status();
  EXPECT_EQ(promql::Print(**pretty), printed);
}

}  // namespace promlite::fuzz
