// Snapshot::Select() against matching every series one by one.

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "promlite/storage/labels/series_selection.h"
#include "promlite/storage/metrics/head.h"
#include "promlite/tests/storage/metrics/head_builder.h"

namespace promlite::internal {
namespace {

std::vector<Labels> SelectLabels(const Snapshot& snapshot, const std::vector<Matcher>& matchers) {
  std::vector<Labels> selected;
  for (const SeriesId id : snapshot.Select(matchers)) selected.push_back(snapshot.LabelsOf(id));
  return selected;
}

std::vector<Labels> MatchEach(const std::vector<Labels>& series,
                              const std::vector<Matcher>& matchers) {
  std::vector<Labels> matched;
  for (const Labels& labels : series) {
    if (std::all_of(matchers.begin(), matchers.end(), [&](const Matcher& matcher) {
          return matcher.Matches(labels.Get(matcher.name()));
        })) {
      matched.push_back(labels);
    }
  }
  std::sort(matched.begin(), matched.end());
  return matched;
}

Matcher Make(Matcher::Type type, const std::string& name, const std::string& value) {
  return Matcher::Create(type, name, value).value();
}

TEST(SeriesSelection, MissingLabelIsTheEmptyString) {
  Head head;
  const Labels with{{"__name__", "m"}, {"a", "1"}};
  const Labels without{{"__name__", "m"}};
  Add(&head, with, {{1, 1}});
  Add(&head, without, {{1, 1}});
  const auto snapshot = head.TakeSnapshot();
  using Type = Matcher::Type;
  using Selected = std::vector<Labels>;
  const auto select = [&](Type type, const std::string& name, const std::string& value) {
    return SelectLabels(*snapshot, {Make(type, name, value)});
  };
  EXPECT_EQ(select(Type::kEqual, "a", ""), Selected{without});
  EXPECT_EQ(select(Type::kNotEqual, "a", ""), Selected{with});
  EXPECT_EQ(select(Type::kNotEqual, "a", "2"), (Selected{without, with}));
  EXPECT_EQ(select(Type::kRegexMatch, "a", ".*"), (Selected{without, with}));
  EXPECT_EQ(select(Type::kRegexMatch, "a", ".+"), Selected{with});
  EXPECT_EQ(select(Type::kRegexMatch, "a", "|1"), (Selected{without, with}));
  EXPECT_EQ(select(Type::kRegexNoMatch, "a", "1"), Selected{without});
  EXPECT_EQ(select(Type::kRegexNoMatch, "a", ".+"), Selected{without});
  EXPECT_EQ(select(Type::kRegexNoMatch, "a", "|2"), Selected{with});
  EXPECT_EQ(select(Type::kEqual, "nowhere", ""), (Selected{without, with}));
  EXPECT_EQ(select(Type::kEqual, "nowhere", "1"), Selected{});
  EXPECT_EQ(select(Type::kRegexMatch, "nowhere", ".+"), Selected{});
  EXPECT_EQ(SelectLabels(*snapshot, {}), (Selected{without, with}));
}

TEST(SeriesSelection, AgreesWithMatchingEachSeries_InLabelOrder_ForEveryVersion) {
  std::mt19937_64 random(11);
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  const std::vector<std::string> names = {"__name__", "job", "instance", "le", "session"};
  const std::vector<std::string> values = {"",  "a",    "b",  "ab", "abc",
                                           "B", "\xff", "10", "9",  "a\nb"};
  const std::vector<std::string> patterns = {"",      ".*",   ".+",    "a|b",
                                             "a.*",   ".*b",  ".*b.*", "a|",
                                             "[ab]+", "x?",   "a.b",   "(a|b|ab|abc|B|9|10|z|y)",
                                             "\\d+",  "(?i)b"};
  Head head;
  std::vector<Labels> series;
  std::vector<std::pair<std::shared_ptr<const Snapshot>, size_t>> versions;
  for (int i = 0; i < 2500; ++i) {
    std::vector<Labels::Label> labels;
    for (const std::string& name : names) labels.emplace_back(name, pick(values));
    if (random() % 4 == 0) labels.emplace_back("unique", std::to_string(random() % 100'000));
    const Labels added(labels);
    if (std::find(series.begin(), series.end(), added) != series.end()) continue;
    series.push_back(added);
    Add(&head, added, {{1, 1}});
    if (i % 700 == 300) versions.emplace_back(head.TakeSnapshot(), series.size());
  }
  versions.emplace_back(head.TakeSnapshot(), series.size());
  std::reverse(versions.begin(), versions.end());  // the label order of an older one is asked last
  for (const auto& [snapshot, count] : versions) {
    const std::vector<Labels> seen(series.begin(), series.begin() + static_cast<ptrdiff_t>(count));
    for (int query = 0; query < 40; ++query) {
      std::vector<Matcher> matchers;
      for (size_t i = 0; i < random() % 5; ++i) {
        const auto type = static_cast<Matcher::Type>(random() % 4);
        const bool is_regex =
            type == Matcher::Type::kRegexMatch || type == Matcher::Type::kRegexNoMatch;
        matchers.push_back(Make(type, pick(names), pick(is_regex ? patterns : values)));
      }
      ASSERT_EQ(SelectLabels(*snapshot, matchers), MatchEach(seen, matchers));
    }
  }
}

TEST(SeriesSelection, OrderIsThatOfLabels_WhenManySeriesComeAtOnce) {
  Head head;
  std::vector<Labels> series;
  {
    auto appender = head.StartAppend();
    for (int i = 0; i < 10'000; ++i) {
      std::vector<Labels::Label> labels = {{std::string(kMetricName), "m"},
                                           {"n", std::to_string(i * 7919 % 10'007)}};
      if (i % 3 == 0) labels.emplace_back("a", std::to_string(i % 10));
      series.emplace_back(labels);
      appender->Append(AddStream(appender.get(), series.back()), 1, 1);
    }
    appender->Commit(Appender::Publish::kNow);
  }
  std::sort(series.begin(), series.end());
  EXPECT_EQ(SelectLabels(*head.TakeSnapshot(), {}), series);
  Add(&head, {{"__name__", "a"}}, {{1, 1}});
  series.insert(series.begin(), Labels{{"__name__", "a"}});
  std::sort(series.begin(), series.end());
  EXPECT_EQ(SelectLabels(*head.TakeSnapshot(), {}), series);
}

TEST(LabelOrder, PutsAFewSeriesAndManyInTheOrderOfTheirRanks) {
  std::mt19937 random(3);
  LabelOrder order;
  for (uint32_t i = 0; i < 5000; ++i) order.series.emplace_back(i);
  std::shuffle(order.series.begin(), order.series.end(), random);
  order.ranks.resize(order.series.size());
  for (uint32_t rank = 0; rank < order.series.size(); ++rank) {
    order.ranks[order.series[rank].number()] = rank;
  }
  for (const size_t count : {0, 1, 2, 9, 10, 11, 500, 4999, 5000}) {
    std::vector<SeriesId> expected;  // some of the order, which keep their order
    std::sample(order.series.begin(), order.series.end(), std::back_inserter(expected), count,
                random);
    std::vector<SeriesId> series = expected;
    std::shuffle(series.begin(), series.end(), random);
    PutInOrder(order, &series);
    EXPECT_EQ(series, expected) << count;
  }
}

}  // namespace
}  // namespace promlite::internal
