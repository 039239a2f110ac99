// tests/golden/random.om.gz against the samples that Prometheus 3.16 answers for it: selectors
// alone, no engine.
#include <simdjson.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <map>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "promlite/storage/database.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/snapshot.h"
#include "promlite/tests/golden/recording.h"

namespace promlite {
namespace {

using internal::SamplesView;
using internal::SeriesId;
using internal::Snapshot;

// Labels as text -> samples.
using Answer = std::map<std::string, std::vector<std::pair<int64_t, double>>>;

double ParseValue(std::string_view text) {
  if (text == "+Inf") return std::numeric_limits<double>::infinity();
  if (text == "-Inf") return -std::numeric_limits<double>::infinity();
  return std::strtod(std::string(text).c_str(), nullptr);
}

std::pair<int64_t, double> ParseSample(simdjson::dom::array sample) {
  return {std::llround(double(sample.at(0)) * 1000), ParseValue(std::string_view(sample.at(1)))};
}

Answer ParseAnswer(const std::string& body) {
  simdjson::dom::parser parser;
  const simdjson::dom::element document = parser.parse(body);
  Answer answer;
  for (const simdjson::dom::element series : document["data"]["result"]) {
    std::vector<Labels::Label> labels;
    for (const auto& [name, value] : simdjson::dom::object(series["metric"])) {
      labels.emplace_back(name, std::string_view(value));
    }
    auto& samples = answer[Labels(std::move(labels)).ToString()];
    simdjson::dom::array values;
    if (series["values"].get(values) == simdjson::SUCCESS) {
      for (const simdjson::dom::element sample : values) samples.push_back(ParseSample(sample));
    } else {
      samples.push_back(ParseSample(series["value"]));
    }
  }
  return answer;
}

// The samples of a metric in (time - range, time], without staleness markers.
Answer Select(const Snapshot& snapshot, const std::string& metric, int64_t time_ms,
              int64_t range_ms) {
  Answer answer;
  internal::SampleBuffer buffer;
  const std::vector<Matcher> matchers = {
      *Matcher::Create(Matcher::Type::kEqual, "__name__", metric)};
  for (const SeriesId id : snapshot.Select(matchers)) {
    const SamplesView view =
        snapshot.Read(id, time_ms - range_ms + 1, time_ms, Snapshot::StartTimes::kSkip, &buffer);
    for (size_t i = 0; i < view.size; ++i) {
      if (IsStalenessMarker(view.values[i])) continue;
      answer[snapshot.LabelsOf(id).ToString()].emplace_back(view.times[i], view.values[i]);
    }
  }
  return answer;
}

// The last sample of each series in the five minutes up to `time`, as if it were taken then.
Answer SelectLast(const Snapshot& snapshot, const std::string& metric, int64_t time_ms) {
  constexpr int64_t kLookbackMs = 5 * 60 * 1000;
  Answer answer = Select(snapshot, metric, time_ms, kLookbackMs);
  for (auto& [labels, samples] : answer) samples = {{time_ms, samples.back().second}};
  return answer;
}

void ExpectSame(const Answer& ours, const Answer& theirs, const std::string& question) {
  ASSERT_EQ(ours.size(), theirs.size()) << question;
  for (const auto& [labels, samples] : theirs) {
    const auto found = ours.find(labels);
    ASSERT_NE(found, ours.end()) << question << ' ' << labels;
    ASSERT_EQ(found->second.size(), samples.size()) << question << ' ' << labels;
    for (size_t i = 0; i < samples.size(); ++i) {
      EXPECT_EQ(found->second[i].first, samples[i].first) << question << ' ' << labels;
      const double value = found->second[i].second;
      EXPECT_TRUE(value == samples[i].second ||
                  (value != value && samples[i].second != samples[i].second))
          << question << ' ' << labels << ' ' << value << ' ' << samples[i].second;
    }
  }
}

TEST(GoldenText, HoldsTheSamplesThatPrometheusSelects) {
  const absl::StatusOr<golden::Recording> recording = golden::ReadRecording("random");
  ASSERT_TRUE(recording.ok()) << recording.status();
  Database database(recording->database_options);
  LoadReport report;
  ASSERT_TRUE(database.LoadFile(recording->data_file, {}, &report).ok());
  // Lines that are no comments, but for 360 of a bucket that is written `1` and `1.0`.
  EXPECT_EQ(report.samples, 87960u - 360);
  ASSERT_EQ(report.warnings.size(), 1u);
  EXPECT_THAT(report.warnings[0], testing::HasSubstr("360 samples"));
  const std::shared_ptr<const Snapshot> snapshot = database.TakeSnapshot();
  const std::map<char, int64_t> units = {{'s', 1000}, {'m', 60000}, {'h', 3600000}};
  const std::regex selector(R"(([a-z][a-zA-Z_:]+)(\[(\d+)([smh])\])?)");
  size_t checked = 0;
  for (const golden::Question& question : recording->questions) {
    std::smatch match;
    if (question.step_ms.has_value() || !std::regex_match(question.query, match, selector)) {
      continue;
    }
    // Not the names of functions and keywords.
    if (!snapshot->FindSymbol(match[1].str()).has_value()) continue;
    const Answer theirs = ParseAnswer(question.answers[0]);
    if (match[2].matched) {
      const int64_t range_ms = std::stoll(match[3]) * units.at(match[4].str()[0]);
      ExpectSame(Select(*snapshot, match[1], question.start_ms, range_ms), theirs,
                 question.ToString());
    } else {
      ExpectSame(SelectLast(*snapshot, match[1], question.start_ms), theirs, question.ToString());
    }
    ++checked;
  }
  EXPECT_GE(checked, 30u);
}

}  // namespace
}  // namespace promlite
