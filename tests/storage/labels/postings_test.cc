#include "promlite/storage/labels/postings.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace promlite::internal {
namespace {

SymbolPair Label(uint32_t name, uint32_t value) { return {SymbolId(name), SymbolId(value)}; }

class PostingsTest : public testing::Test {
 protected:
  // Series i has label 1 = i % 3, and if i is even label 2 = i.
  void Fill(uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) {
      std::vector<SymbolPair> labels = {Label(1, 10 + i % 3)};
      if (i % 2 == 0) labels.push_back(Label(2, 1000 + i));
      postings_.Add(SeriesId(i), labels);
    }
  }
  std::vector<uint32_t> Series(SymbolPair label, uint32_t count) const {
    return Numbers(postings_.Series(label, count));
  }
  static std::vector<uint32_t> Numbers(std::span<const SeriesId> series) {
    std::vector<uint32_t> numbers;
    for (const SeriesId id : series) numbers.push_back(id.number());
    return numbers;
  }

  VersionedMemory memory_;
  Postings postings_{&memory_};
};

TEST_F(PostingsTest, ListsTheSeriesOfALabel) {
  Fill(8);
  EXPECT_EQ(Series(Label(1, 11), 8), (std::vector<uint32_t>{1, 4, 7}));
  EXPECT_EQ(Series(Label(2, 1004), 8), (std::vector<uint32_t>{4}));
  EXPECT_TRUE(Series(Label(1, 13), 8).empty());
  EXPECT_TRUE(Series(Label(3, 11), 8).empty());
}

TEST_F(PostingsTest, LaterSeriesAreLeftOut) {
  Fill(1000);
  EXPECT_EQ(Series(Label(1, 11), 5), (std::vector<uint32_t>{1, 4}));
  EXPECT_EQ(Series(Label(1, 11), 4), (std::vector<uint32_t>{1}));
  EXPECT_TRUE(Series(Label(2, 1004), 4).empty());
}

TEST_F(PostingsTest, ListsNamesAndValuesOfAVersion) {
  Fill(1000);
  std::vector<SymbolId> names;
  postings_.VisitNames(1, [&](SymbolId name) { names.push_back(name); });
  EXPECT_EQ(names, (std::vector<SymbolId>{SymbolId(1), SymbolId(2)}));
  names.clear();
  postings_.VisitNames(0, [&](SymbolId name) { names.push_back(name); });
  EXPECT_TRUE(names.empty());

  std::map<uint32_t, std::vector<uint32_t>> values;
  postings_.VisitValues(SymbolId(2), 5, [&](SymbolId value, std::span<const SeriesId> series) {
    values[value.number()] = Numbers(series);
  });
  EXPECT_EQ(values,
            (std::map<uint32_t, std::vector<uint32_t>>{{1000, {0}}, {1002, {2}}, {1004, {4}}}));
  EXPECT_EQ(postings_.ValueCount(SymbolId(2)), 500u);
  EXPECT_EQ(postings_.ValueCount(SymbolId(9)), 0u);
}

}  // namespace
}  // namespace promlite::internal
