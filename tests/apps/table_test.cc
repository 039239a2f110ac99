#include "promlite/apps/repl/output/table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "promlite/apps/repl/text/text.h"

namespace promlite::repl {
namespace {

size_t WidestLine(const std::string& text) {
  std::istringstream lines(text);
  size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, DisplayWidth(line));
  return widest;
}

TEST(TableTest, ColumnsAreAsWideAsTheirWidestCell) {
  Table table;
  table.AddColumn("type");
  table.AddColumn("value", Table::Align::kRight);
  table.AddRow({"input", "7"});
  table.AddRow({"ö", "12.5"});
  EXPECT_EQ(table.Render(0),
            "┌───────┬───────┐\n"
            "│ type  │ value │\n"
            "├───────┼───────┤\n"
            "│ input │     7 │\n"
            "│ ö     │  12.5 │\n"
            "└───────┴───────┘\n");
}

TEST(TableTest, CellsCannotDriveTheTerminal) {
  Table table;
  table.AddColumn("a");
  table.AddRow({"x\x1b[2J\ny"});
  EXPECT_EQ(table.Render(0),
            "┌─────────────┐\n"
            "│ a           │\n"
            "├─────────────┤\n"
            "│ x\\x1b[2J\\ny │\n"
            "└─────────────┘\n");
}

TEST(TableTest, TextIsWrappedAtBlanks_BeforeWordsAndNumbersAreBroken) {
  Table table;
  table.AddColumn("help");
  table.AddColumn("name");
  table.AddColumn("value", Table::Align::kRight);
  table.AddRow({"some words that take room", "abcdefghijklmnop", "1234567890.123456"});
  EXPECT_EQ(table.Render(56),
            "┌───────────────┬──────────────────┬───────────────────┐\n"
            "│ help          │ name             │             value │\n"
            "├───────────────┼──────────────────┼───────────────────┤\n"
            "│ some words    │ abcdefghijklmnop │ 1234567890.123456 │\n"
            "│ that take     │                  │                   │\n"
            "│ room          │                  │                   │\n"
            "└───────────────┴──────────────────┴───────────────────┘\n");
  // Less room: the name is broken, the number still is not.
  const std::string narrow = table.Render(54);
  EXPECT_EQ(WidestLine(narrow), 54u);
  EXPECT_NE(narrow.find("1234567890.123456"), std::string::npos);
  EXPECT_EQ(narrow.find("abcdefghijklmnop"), std::string::npos);
}

TEST(TableTest, NothingOfAValueIsLost) {
  Table table;
  table.AddColumn("a");
  table.AddRow({std::string(100, 'x')});
  const std::string drawn = table.Render(30);
  EXPECT_EQ(WidestLine(drawn), 30u);
  EXPECT_EQ(std::count(drawn.begin(), drawn.end(), 'x'), 100);
}

TEST(TableTest, AColumnsOwnLimit_HoldsInAnyRoom) {
  Table table;
  table.AddColumn("help", Table::Align::kLeft, 15);
  table.AddRow({"a text of more than fifteen cells"});
  EXPECT_EQ(WidestLine(table.Render(0)), 19u);
  EXPECT_EQ(table.NaturalWidth(), 19u);
}

}  // namespace
}  // namespace promlite::repl
