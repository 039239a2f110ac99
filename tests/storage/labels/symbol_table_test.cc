#include "promlite/storage/labels/symbol_table.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace promlite::internal {
namespace {

TEST(SymbolTable, KeepsEachTextOnce) {
  VersionedMemory memory;
  SymbolTable table(&memory);
  const SymbolId a = table.Intern("a");
  const SymbolId empty = table.Intern("");
  EXPECT_EQ(table.Intern("a"), a);
  EXPECT_EQ(table.Intern(""), empty);
  EXPECT_EQ(table.size(), 2u);
  EXPECT_EQ(table.Text(a), "a");
  EXPECT_EQ(table.Text(empty), "");
}

TEST(SymbolTable, FindsOnlyWhatIsThere) {
  VersionedMemory memory;
  SymbolTable table(&memory);
  EXPECT_FALSE(table.Find("a").has_value());
  const SymbolId a = table.Intern("a");
  EXPECT_EQ(table.Find("a"), a);
  EXPECT_FALSE(table.Find("b").has_value());
}

TEST(SymbolTable, TextsStayWhereTheyAre_WhateverIsAdded) {
  VersionedMemory memory;
  SymbolTable table(&memory);
  std::vector<std::string_view> texts;
  for (int i = 0; i < 50'000; ++i) {
    texts.push_back(table.Text(table.Intern("text " + std::to_string(i))));
    if (i % 1000 == 0) table.Intern(std::string(static_cast<size_t>(i) * 10, 'x'));
  }
  const std::string with_zeros("a\0b", 3);
  EXPECT_EQ(table.Text(table.Intern(with_zeros)), with_zeros);
  for (int i = 0; i < 50'000; ++i) {
    const std::string text = "text " + std::to_string(i);
    ASSERT_EQ(texts[static_cast<size_t>(i)], text);
    ASSERT_EQ(table.Text(table.Find(text).value()).data(), texts[static_cast<size_t>(i)].data());
  }
}

}  // namespace
}  // namespace promlite::internal
