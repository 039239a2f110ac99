#include "promlite/parser/promql/grammar.h"

#include <gtest/gtest.h>

#include <tao/pegtl/contrib/analyze.hpp>

// Tells PEGTL's analysis that a rule for one token consumes input when it matches.
namespace tao::pegtl {

template <typename Name, promlite::promql::internal::TokenKind... kinds>
struct analyze_traits<Name, promlite::promql::internal::grammar::token<kinds...>>
    : analyze_any_traits<> {};

template <typename Name, auto accepts>
struct analyze_traits<Name, promlite::promql::internal::grammar::token_that<accepts>>
    : analyze_any_traits<> {};

}  // namespace tao::pegtl

namespace promlite::promql::internal {
namespace {

TEST(Grammar, CannotLoopWithoutReadingAToken) {
  EXPECT_EQ(tao::pegtl::analyze<grammar::query>(1), 0u);
}

}  // namespace
}  // namespace promlite::promql::internal
