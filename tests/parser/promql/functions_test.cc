#include "promlite/parser/promql/functions.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace promlite::promql {
namespace {

TEST(Functions, AreThoseOfPrometheus316) {
  const auto count = [](auto predicate) {
    return std::count_if(AllFunctions().begin(), AllFunctions().end(), predicate);
  };
  EXPECT_EQ(AllFunctions().size(), 91u);
  EXPECT_EQ(count([](const auto& function) { return function.experimental; }), 18);
  EXPECT_EQ(count([](const auto& function) { return function.result == ValueType::kScalar; }), 9);
  EXPECT_EQ(count([](const auto& function) {
              return std::find(function.arguments.begin(), function.arguments.end(),
                               ValueType::kMatrix) != function.arguments.end();
            }),
            28);
}

TEST(Functions, AreFoundByNameAndCase) {
  for (const Function& function : AllFunctions()) {
    EXPECT_EQ(FindFunction(function.name), &function);
  }
  EXPECT_EQ(FindFunction("RATE"), nullptr);
  EXPECT_EQ(FindFunction(""), nullptr);
  EXPECT_EQ(FindFunction("zzz"), nullptr);
  EXPECT_EQ(FindFunction("rat"), nullptr);
}

TEST(Functions, AreSortedAndDescribed) {
  for (size_t i = 0; i < AllFunctions().size(); ++i) {
    const Function& function = AllFunctions()[i];
    EXPECT_TRUE(function.summary.ends_with('.')) << function.name;
    if (i > 0) {
      EXPECT_LT(AllFunctions()[i - 1].name, function.name);
    }
  }
}

TEST(Functions, KeepPrometheusSignatures) {
  using enum ValueType;
  const Function* const quantiles = FindFunction("histogram_quantiles");
  EXPECT_EQ(quantiles->arguments, (ArgumentTypes{kVector, kString, kScalar, kScalar}));
  EXPECT_EQ(quantiles->variadic, 9);
  EXPECT_EQ(FindFunction("label_join")->variadic, -1);
  EXPECT_EQ(FindFunction("round")->variadic, 1);
  EXPECT_EQ(FindFunction("clamp")->variadic, 0);
  EXPECT_EQ(FindFunction("quantile_over_time")->arguments, (ArgumentTypes{kScalar, kMatrix}));
  EXPECT_FALSE(FindFunction("first_over_time")->experimental);
  EXPECT_TRUE(FindFunction("info")->experimental);
}

}  // namespace
}  // namespace promlite::promql
