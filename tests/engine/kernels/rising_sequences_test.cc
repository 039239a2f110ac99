// The fewest rising sequences that make up a series: counted by hand, and against all ways to part
// short ones.
#include "promlite/engine/kernels/rising_sequences.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <utility>
#include <vector>

namespace promlite::internal {
namespace {

TEST(RisingSequencesTest, TwoCountersThatTakeTurns_AreTwoSequences) {
  // 10 to 12, and 50 to 54.
  const RisingSequences cover = CoverByRisingSequences(std::vector<double>{10, 50, 11, 52, 12, 54});
  EXPECT_EQ(cover.sequences, 2u);
  EXPECT_EQ(cover.last, 12 + 54);
  EXPECT_EQ(cover.first, 10 + 50);
  EXPECT_EQ(cover.largest, 54);
  EXPECT_EQ(cover.drops, 2u);
  EXPECT_EQ(cover.returns, 1u);
  EXPECT_TRUE(cover.TakeTurns());
}

TEST(RisingSequencesTest, ThreeCountersThatTakeTurns_AreThreeSequences) {
  const RisingSequences cover =
      CoverByRisingSequences(std::vector<double>{1, 100, 50, 2, 101, 51, 3, 102, 52});
  EXPECT_EQ(cover.sequences, 3u);
  EXPECT_EQ(cover.last, 3 + 102 + 52);
  EXPECT_EQ(cover.first, 1 + 100 + 50);
  EXPECT_TRUE(cover.TakeTurns());
}

TEST(RisingSequencesTest, CountersThatTakeTurnsAFewTimesOnly_AreTold) {
  for (const std::vector<double>& values :
       {std::vector<double>{1, 30, 2, 32}, std::vector<double>{30, 1, 32, 2, 33},
        std::vector<double>{1, 30, 100, 2, 32, 100, 3, 33, 101}}) {
    EXPECT_TRUE(TakeTurns(values)) << testing::PrintToString(values);
  }
}

TEST(RisingSequencesTest, ACounterThatBeganAnew_AndRoseInItsUsualSteps_DoesNotTakeTurns) {
  // Past where it stood before, in one of them.
  EXPECT_FALSE(TakeTurns(std::vector<double>{100, 200, 300, 10, 110, 210, 310, 410}));
  EXPECT_FALSE(TakeTurns(std::vector<double>{0, 4, 9, 15, 1, 7, 12, 17, 23, 2, 8}));
}

TEST(RisingSequencesTest, ACounterThatBeganAnew_DoesNotTakeTurns) {
  for (const std::vector<double>& values :
       {std::vector<double>{0, 3, 9, 0, 2, 5}, std::vector<double>{1, 2, 3, 1, 2, 3, 4, 1, 2},
        std::vector<double>{5, 20, 30, 1, 15, 25, 0, 8}, std::vector<double>{9, 8, 7, 6}}) {
    EXPECT_FALSE(TakeTurns(values)) << testing::PrintToString(values);
  }
}

TEST(RisingSequencesTest, ACounterThatBeganAnewOften_DoesNotTakeTurns) {
  std::vector<double> values;
  for (int life = 0; life < 100; ++life) {
    for (int i = 0; i < 20; ++i) values.push_back(i + life % 3);
  }
  EXPECT_FALSE(TakeTurns(values));
}

TEST(RisingSequencesTest, FourCountersThatTakeTurns_AreSeen_FromTheFifthRoundOn) {
  std::vector<double> values;
  for (int round = 0; round < 5; ++round) {
    for (int writer = 0; writer < 4; ++writer) values.push_back(100 * writer + round);
  }
  EXPECT_TRUE(TakeTurns(values));
  EXPECT_EQ(CoverByRisingSequences(values).last, 4 + 104 + 204 + 304);
  EXPECT_EQ(CoverByRisingSequences(values).first, 0 + 100 + 200 + 300);
}

TEST(RisingSequencesTest, ACounterThatRises_IsOneSequence) {
  const RisingSequences cover = CoverByRisingSequences(std::vector<double>{2, 2, 5, 7});
  EXPECT_EQ(cover.sequences, 1u);
  EXPECT_EQ(cover.last, 7);
  EXPECT_EQ(cover.first, 2);
  EXPECT_EQ(cover.drops, 0u);
  EXPECT_FALSE(cover.TakeTurns());
}

TEST(RisingSequencesTest, OfNoValues_ThereIsNone) {
  EXPECT_EQ(CoverByRisingSequences({}).sequences, 0u);
  EXPECT_FALSE(TakeTurns({}));
}

// Tries every way to part values into rising sequences.
class AllPartings {
 public:
  explicit AllPartings(const std::vector<double>& values) : values_(values) { Part(0); }

  size_t fewest = std::numeric_limits<size_t>::max();
  double smallest_last = 0;  // of the fewest
  double largest_first = 0;

 private:
  void Part(size_t index) {
    if (index == values_.size()) return Keep();
    for (size_t i = 0; i <= last_.size(); ++i) {
      if (i == last_.size()) {
        first_.push_back(values_[index]);
        last_.push_back(values_[index]);
        Part(index + 1);
        first_.pop_back();
        last_.pop_back();
        return;
      }
      if (last_[i] > values_[index]) continue;
      const double before = std::exchange(last_[i], values_[index]);
      Part(index + 1);
      last_[i] = before;
    }
  }

  void Keep() {
    double last = 0, first = 0;
    for (const double value : last_) last += value;
    for (const double value : first_) first += value;
    if (last_.size() > fewest) return;
    if (last_.size() < fewest) {
      fewest = last_.size();
      smallest_last = last;
      largest_first = first;
    }
    smallest_last = std::min(smallest_last, last);
    largest_first = std::max(largest_first, first);
  }

  const std::vector<double>& values_;
  std::vector<double> first_, last_;
};

TEST(RisingSequencesTest, NoWayToPartTheValues_HasFewerSequences_OrSmallerLastOrLargerFirstValues) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::vector<double> values(1 + random() % 8);
    for (double& value : values) value = static_cast<double>(random() % 10);
    const AllPartings all(values);
    const RisingSequences cover = CoverByRisingSequences(values);
    EXPECT_EQ(cover.sequences, all.fewest) << testing::PrintToString(values);
    EXPECT_EQ(cover.last, all.smallest_last) << testing::PrintToString(values);
    EXPECT_EQ(cover.first, all.largest_first) << testing::PrintToString(values);
  }
}

// The shortcuts of TakeTurns() change no answer.
TEST(RisingSequencesTest, TakeTurns_IsWhatTheCoverSays_OfRandomWriters) {
  std::mt19937 random(11);
  size_t taking_turns = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::vector<double> totals(1 + random() % 3);
    for (double& total : totals) total = static_cast<double>(random() % 50);
    std::vector<double> values;
    for (size_t i = 0; i < 1 + random() % 12; ++i) {
      double& total = totals[random() % totals.size()];
      total = random() % 10 == 0 ? 0 : total + static_cast<double>(random() % 5);
      values.push_back(total);
    }
    const bool expected = CoverByRisingSequences(values).TakeTurns();
    EXPECT_EQ(TakeTurns(values), expected) << testing::PrintToString(values);
    taking_turns += expected;
  }
  EXPECT_GT(taking_turns, 1000u);
  EXPECT_LT(taking_turns, 19'000u);
}

}  // namespace
}  // namespace promlite::internal
