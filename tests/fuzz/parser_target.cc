#include <gtest/gtest.h>

#include "promlite/parser/parser.h"
#include "promlite/parser/printer.h"
#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {

void FuzzParser(std::string_view query) {
  Parse(query).IgnoreError();
  const ParseOptions everything{.experimental_functions = true,
                                .extended_range_selectors = true,
                                .binop_fill_modifiers = true};
  const absl::StatusOr<ExprPtr> expr = Parse(query, everything);
  if (!expr.ok()) {
    EXPECT_EQ(expr.status().code(), absl::StatusCode::kInvalidArgument) << expr.status();
    EXPECT_TRUE(ErrorPosition(expr.status()).has_value()) << expr.status();
    return;
  }
  const std::string printed = Print(**expr);
  const absl::StatusOr<ExprPtr> again = Parse(printed, everything);
  ASSERT_TRUE(again.ok()) << printed << ": " << again.status();
  EXPECT_EQ(Print(**again), printed);
  EXPECT_EQ((*again)->type(), (*expr)->type());
  const absl::StatusOr<ExprPtr> pretty = Parse(PrettyPrint(**expr), everything);
  ASSERT_TRUE(pretty.ok()) << PrettyPrint(**expr) << ": " << pretty.status();
  EXPECT_EQ(Print(**pretty), printed);
}

}  // namespace promlite::fuzz
