#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "promlite/apps/promqltest/series_notation.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/engine.h"
#include "promlite/engine/usage/increase_explanation/increase_explanation.h"
#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {
namespace {

// When the data begins. Samples are a minute apart.
const absl::Time kBegin = absl::FromUnixSeconds(1'760'000'000);
constexpr absl::Duration kGap = absl::Minutes(1);

// Metrics of the corpus' queries, each with what its kind may hold.
constexpr const char* kSeries[] = {
    R"(http_requests_total{host="host-0",method="GET",code="200"} 0+10x30)",
    R"(http_requests_total{host="host-0",method="GET",code="500"} 0 1 1 3 0 2 _ _ 5 stale 1 2 3)",
    R"(http_requests_total{host="host-1",method="POST",code="200"} _x10 1+0.5x10)",
    R"(http_errors_total{host="host-0",method="GET",code="500"} 1+1x20)",
    R"(room_temperature_celsius{host="host-0",zone="a"} 20 21.5 -3 NaN Inf -Inf 0 -0 1e300 -1e300)",
    R"(room_temperature_celsius{host="host-1",zone="b"} 1e-320 0.1+0.1x25)",
    R"(queue_depth{host="host-1"} 3x8 stale 4x8)",
    R"(rpc_duration_seconds_bucket{rpc="fast",le="0.1"} 0+1x25)",
    R"(rpc_duration_seconds_bucket{rpc="fast",le="1"} 0+3x25)",
    R"(rpc_duration_seconds_bucket{rpc="fast",le="+Inf"} 0+4x25)",
    R"(rpc_duration_seconds_bucket{rpc="odd",le="x"} 0+4x25)",
    R"(target_info{job="j",instance="i",version="1"} 1x30)",
    R"(up{job="j",instance="i"} 1x30)",
    R"(native{job="j",instance="i"} {{schema:0 sum:5 count:4 buckets:[1 2 1]}}+{{schema:0 sum:3 count:2 buckets:[0 1 0 1]}}x9)",
    R"(native{job="j",instance="k"} {{schema:1 sum:1 count:9 z_bucket:2 z_bucket_w:0.001 offset:-3 buckets:[4 0 0 1] n_buckets:[2]}}x5 1 2 {{}} stale)",
    R"(native{job="g"} {{schema:-53 sum:9 count:6 custom_values:[1 2 4] buckets:[1 2 3]}}x6)",
};

std::unique_ptr<Database> MakeDatabase() {
  auto database = std::make_unique<Database>();
  for (const char* line : kSeries) {
    const auto series = promqltest::ParseSeriesDescription(line);
    EXPECT_TRUE(series.ok()) << line << ": " << series.status();
    std::vector<Sample> samples;
    std::vector<HistogramPoint> histograms;
    for (size_t i = 0; i < series->items.size(); ++i) {
      const promqltest::SequenceItem& item = series->items[i];
      const int64_t time_ms = absl::ToUnixMillis(kBegin + static_cast<int64_t>(i) * kGap);
      if (item.histogram != nullptr) {
        histograms.push_back({time_ms, item.histogram});
      } else if (!item.omitted) {
        samples.push_back({time_ms, item.value});
      }
    }
    EXPECT_TRUE(database->Append(series->labels, samples).ok()) << line;
    EXPECT_TRUE(database->AppendHistograms(series->labels, histograms).ok()) << line;
  }
  return database;
}

EngineOptions Options(bool rewrites) {
  EngineOptions options;
  options.experimental_functions = true;
  options.binop_fill_modifiers = true;
  options.unquoted_utf8_names = true;
  options.max_samples = 50'000;
  options.max_bytes = int64_t{32} << 20;
  options.timeout = absl::Seconds(2);
  options.threads = 1;
  options.rewrites = rewrites;
  options.batch_series = rewrites ? 0 : 1;
  return options;
}

bool IsLimit(const absl::Status& status) {
  return absl::IsResourceExhausted(status) || absl::IsDeadlineExceeded(status);
}

void ExpectSame(const absl::StatusOr<QueryResult>& rewritten,
                const absl::StatusOr<QueryResult>& as_written) {
  // Plans differ in how much they hold at a time.
  if (IsLimit(rewritten.status()) || IsLimit(as_written.status())) return;
  const auto body = [](const absl::StatusOr<QueryResult>& result) {
    return result.ok() ? ToJson(*result) : ErrorToJson(result.status());
  };
  EXPECT_EQ(body(rewritten), body(as_written));
}

// The results that an explanation of the query comes to are those of the engine.
void ExpectExplained(const Database& database, std::string_view query, absl::Time at) {
  const auto explanation = ExplainIncrease(database, Options(true), query, at, {.max_series = 0});
  if (!explanation.ok()) return;
  EXPECT_FALSE(ToJson(*explanation).empty());
  const auto answer = Engine(&database, Options(true)).Instant(explanation->call, at);
  if (!answer.ok()) return;
  std::multiset<std::string> explained, answered;
  for (const ExplainedSeries& series : explanation->series) {
    if (series.steps) explained.insert(FormatSampleValue(series.steps->result));
  }
  for (const ResultSeries& series : answer->series) {
    if (!series.samples.empty()) answered.insert(FormatSampleValue(series.samples[0].value));
  }
  EXPECT_EQ(explained, answered) << explanation->call;
}

}  // namespace

void FuzzEngine(std::string_view query) {
  static const Database* const database = MakeDatabase().release();
  const Engine rewriting(database, Options(true));
  const Engine plain(database, Options(false));
  const absl::Time at = kBegin + absl::Minutes(12);
  ExpectSame(rewriting.Instant(query, at), plain.Instant(query, at));
  const absl::Time end = kBegin + absl::Minutes(35);
  ExpectSame(rewriting.Range(query, kBegin, end, absl::Seconds(150)),
             plain.Range(query, kBegin, end, absl::Seconds(150)));
  ExpectExplained(*database, query, at);
}

}  // namespace promlite::fuzz
