#include "promlite/storage/database.h"

#include <atomic>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/snapshot.h"
#include "promlite/tests/storage/capture/capture_test_support.h"
#include "promlite/tests/storage/database_dump.h"

namespace promlite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const char* const kSessions = "claude-code-sessions.metrics.binpb";
const char* const kParallel = "claude-code-parallel.metrics.binpb";

const MetricSummary* Find(const std::vector<MetricSummary>& metrics, std::string_view name) {
  for (const MetricSummary& metric : metrics) {
    if (metric.name == name) return &metric;
  }
  return nullptr;
}

Matcher Equal(std::string name, std::string value) {
  return *Matcher::Create(Matcher::Type::kEqual, std::move(name), std::move(value));
}

TEST(Database, IsEmptyAtFirst) {
  const Database database;
  EXPECT_EQ(database.MinTime(), absl::UnixEpoch());
  EXPECT_EQ(database.MaxTime(), absl::UnixEpoch());
  EXPECT_THAT(database.Metrics(), IsEmpty());
  EXPECT_THAT(database.Series(), IsEmpty());
  EXPECT_THAT(database.LabelNames(), IsEmpty());
  EXPECT_THAT(database.LabelValues("job"), IsEmpty());
  EXPECT_THAT(database.Overlaps().series, IsEmpty());
  EXPECT_EQ(database.Overlaps().Warning(), "");
}

TEST(Database, SaysHowManySamplesWereSentTwiceWithDifferentValues) {
  const TemporaryFolder folder;
  const std::string first = folder.Write(
      "first.om", "# TYPE g gauge\ng 1 1700000000\ng 2 1700000060\ng 5 1700000000\n# EOF\n");
  const std::string second = folder.Write(
      "second.om", "# TYPE g gauge\ng 1 1700000000\ng 2 1700000060\ng 3 1700000060\n# EOF\n");
  constexpr char kOne[] =
      ": 1 sample bears the series, start and time of another one with another "
      "value; the larger bits are kept";
  Database database;
  LoadReport report;
  ASSERT_TRUE(database.LoadFile(first, {}, &report).ok());
  EXPECT_THAT(report.warnings, ElementsAre(first + kOne));
  // All of the second file's samples meet another value at their time.
  LoadReport again;
  ASSERT_TRUE(database.LoadFile(second, {}, &again).ok());
  EXPECT_THAT(
      again.warnings,
      ElementsAre(second + ": 3 samples bear the series, start and time of another one with "
                           "another value; the larger bits are kept"));
  EXPECT_EQ(database.TakeSnapshot()->sample_count(), 2u);
}

// The numbers are those of tests/data/captures/README.md and `protoc --decode`.
TEST(Database, LoadsWhatTheCollectorWrites) {
  Database database;
  LoadReport report;
  const absl::Status status = database.LoadFile(CapturePath(kSessions), {}, &report);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(report.files, 1u);
  EXPECT_EQ(report.records, Frames(ReadFileBytes(CapturePath(kSessions))).size());
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_THAT(report.warnings, IsEmpty());
  const std::vector<MetricSummary> metrics = database.Metrics();
  size_t samples = 0;
  for (const MetricSummary& metric : metrics) samples += metric.samples;
  EXPECT_EQ(samples, report.samples);
  const MetricSummary* tokens = Find(metrics, "claude_code_token_usage_tokens_total");
  ASSERT_NE(tokens, nullptr);
  EXPECT_EQ(tokens->type, "counter");
  EXPECT_EQ(tokens->unit, "tokens");
  EXPECT_FALSE(tokens->help.empty());
  EXPECT_LT(tokens->first, tokens->last);
  EXPECT_EQ(tokens->overlapping_series, 0u);
  EXPECT_EQ(database.Series(std::vector{Equal("__name__", tokens->name)}).size(), tokens->series);
  EXPECT_THAT(database.LabelValues("type"), testing::Contains("cacheRead"));
  EXPECT_THAT(database.LabelNames(), testing::IsSupersetOf({"__name__", "job", "session_id"}));
}

// The last value of every stream, added up, is the truth that the README states.
TEST(Database, RefusesDataUnderAnUnknownCodec) {
  DatabaseOptions options;
  options.chunk_codec = "integer8";
  Database database(options);
  const absl::Status refused = database.IngestText("up 1 1700000000000\n");
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(refused.message()),
              testing::StartsWith("chunk_codec: there is no codec \"integer8\"; there are raw, "));
  EXPECT_EQ(database.Append({{"__name__", "up"}}, {}, absl::UnixEpoch()), refused);
  EXPECT_THAT(database.Series(), IsEmpty());
}

TEST(Database, KeepsWritersApart) {
  Database database;
  ASSERT_TRUE(database.LoadFile(CapturePath(kParallel)).ok());
  const std::shared_ptr<const internal::Snapshot> snapshot = database.TakeSnapshot();
  std::vector<double> commits;
  for (const internal::SeriesId id :
       snapshot->Select(std::vector{Equal("__name__", "claude_code_commit_count_total")})) {
    double sum = 0;
    for (const internal::StreamSummary& stream : snapshot->Streams(id)) sum += stream.last_value;
    commits.push_back(sum);
  }
  EXPECT_THAT(commits, testing::UnorderedElementsAre(10, 11));

  const WriterOverlap overlap = database.Overlaps();
  EXPECT_EQ(overlap.most_writers, 4u);
  size_t commit_series = 0;
  for (const WriterOverlap::Series& series : overlap.series) {
    if (series.labels.MetricName() != "claude_code_commit_count_total") continue;
    ++commit_series;
    EXPECT_GE(series.writers, 2u);
  }
  EXPECT_EQ(commit_series, 2u);
  EXPECT_THAT(overlap.Warning(),
              HasSubstr(std::to_string(overlap.series.size()) +
                        " series were written by up to 4 writers at the same time"));
  EXPECT_THAT(overlap.Warning(), HasSubstr("every formula of Prometheus is wrong"));
  const std::vector<MetricSummary> metrics = database.Metrics();
  EXPECT_EQ(Find(metrics, "claude_code_commit_count_total")->overlapping_series, 2u);
  EXPECT_EQ(Find(metrics, "claude_code_commit_count_total")->most_writers, 4u);
}

TEST(Database, CountsCollisionsOfWriters) {
  Database database;
  const Labels labels{{"__name__", "a_total"}};
  const std::vector<Sample> first = {{1000, 1}, {2000, 2}, {3000, 3}};
  const std::vector<Sample> second = {{2000, 7}, {3000, 8}, {4000, 9}};
  ASSERT_TRUE(database.Append(labels, first, absl::FromUnixMillis(500)).ok());
  EXPECT_EQ(database.Overlaps().Warning(), "");
  ASSERT_TRUE(database.Append(labels, second, absl::FromUnixMillis(1500)).ok());
  const WriterOverlap overlap = database.Overlaps();
  ASSERT_EQ(overlap.series.size(), 1u);
  EXPECT_EQ(overlap.series[0].labels, labels);
  EXPECT_EQ(overlap.series[0].writers, 2u);
  EXPECT_EQ(overlap.collisions, 2u);
  EXPECT_EQ(overlap.Warning(),
            "1 series was written by up to 2 writers at the same time: every formula of Prometheus "
            "is wrong on such a series, since one writer's samples look like resets of another's "
            "counter; of samples that bear the same time only one is kept, 2 are hidden");
  EXPECT_EQ(database.Metrics()[0].samples, 4u);
  EXPECT_EQ(database.Metrics()[0].first, absl::FromUnixMillis(1000));
  EXPECT_EQ(database.Metrics()[0].last, absl::FromUnixMillis(4000));
}

TEST(Database, AppendsSamplesOfOneSeries_InAnyOrder) {
  Database database;
  const std::vector<Sample> samples = {{3000, 3}, {1000, 1}, {2000, StalenessMarker()}};
  ASSERT_TRUE(database.Append(Labels{{"__name__", "up"}, {"job", "a"}}, samples).ok());
  EXPECT_EQ(database.MinTime(), absl::FromUnixMillis(1000));
  EXPECT_EQ(database.MaxTime(), absl::FromUnixMillis(3000));
  EXPECT_THAT(Dump(database), HasSubstr("    2000 7ff0000000000002\n"));
  EXPECT_EQ(database.Append(Labels{}, samples).code(), absl::StatusCode::kInvalidArgument);
}

TEST(Database, ListsSeriesAndLabels_Sorted) {
  Database database;
  ASSERT_TRUE(database
                  .IngestText("b{x=\"2\"} 1 1700000000000\n"
                              "a{x=\"1\",y=\"z\"} 1 1700000000000\n"
                              "b{x=\"1\"} 1 1700000000000\n")
                  .ok());
  EXPECT_THAT(database.Series(), ElementsAre(Labels{{"__name__", "a"}, {"x", "1"}, {"y", "z"}},
                                             Labels{{"__name__", "b"}, {"x", "1"}},
                                             Labels{{"__name__", "b"}, {"x", "2"}}));
  EXPECT_THAT(database.Series(std::vector{Equal("x", "1"), Equal("y", "")}),
              ElementsAre(Labels{{"__name__", "b"}, {"x", "1"}}));
  EXPECT_THAT(database.LabelNames(), ElementsAre("__name__", "x", "y"));
  EXPECT_THAT(database.LabelValues("x"), ElementsAre("1", "2"));
  EXPECT_THAT(database.LabelValues("none"), IsEmpty());
}

TEST(Database, AnswersOfTheSeriesThatAnySelectorMeans) {
  Database database;
  ASSERT_TRUE(database
                  .IngestText("b{x=\"2\"} 1 1700000000000\n"
                              "a{x=\"1\",y=\"z\"} 1 1700000000000\n"
                              "c{x=\"2\",w=\"v\"} 1 1700000000000\n")
                  .ok());
  const SeriesQuery query{
      .selectors = {{Equal("__name__", "c")}, {Equal("y", "z")}, {Equal("x", "1")}}};
  EXPECT_THAT(database.Series(query),
              ElementsAre(Labels{{"__name__", "a"}, {"x", "1"}, {"y", "z"}},
                          Labels{{"__name__", "c"}, {"w", "v"}, {"x", "2"}}));
  EXPECT_THAT(database.LabelNames(query), ElementsAre("__name__", "w", "x", "y"));
  EXPECT_THAT(database.LabelNames({.selectors = {{Equal("y", "z")}}}),
              ElementsAre("__name__", "x", "y"));
  EXPECT_THAT(database.LabelValues("__name__", query), ElementsAre("a", "c"));
  EXPECT_THAT(database.LabelValues("w", {.selectors = {{Equal("x", "1")}}}), IsEmpty());
}

TEST(Database, AnswersOfTheSeriesThatLiveInATime) {
  Database database;
  const std::vector<Sample> early = {{1000, 1}, {2000, 2}, {3000, 3}}, late = {{5000, 7}};
  ASSERT_TRUE(database.Append(Labels{{"__name__", "a"}, {"x", "1"}}, early).ok());
  ASSERT_TRUE(database.Append(Labels{{"__name__", "b"}}, late).ok());
  const auto names = [&](absl::Time start, absl::Time end) {
    return database.LabelValues("__name__", {.start = start, .end = end});
  };
  const auto at = [](double ms) { return absl::UnixEpoch() + absl::Milliseconds(ms); };
  EXPECT_THAT(names(absl::InfinitePast(), absl::InfiniteFuture()), ElementsAre("a", "b"));
  EXPECT_THAT(names(at(3000), at(5000)), ElementsAre("a", "b"));
  EXPECT_THAT(names(at(3000.5), at(5000)), ElementsAre("b"));
  EXPECT_THAT(names(at(0), at(4999)), ElementsAre("a"));
  EXPECT_THAT(names(at(3001), at(4999)), IsEmpty());
  EXPECT_THAT(database.LabelNames({.start = at(4000)}), ElementsAre("__name__"));
  EXPECT_EQ(database.Series(SeriesQuery{.end = at(1000)}).size(), 1u);
}

TEST(Database, CountsTheSeriesOfEachLabelValue) {
  Database database;
  ASSERT_TRUE(database
                  .IngestText("a{x=\"1\"} 1 1700000000000\n"
                              "b{x=\"1\"} 1 1700000000000\n"
                              "b{x=\"2\",y=\"z\"} 1 1700000000000\n")
                  .ok());
  const std::vector<LabelSummary> labels = database.LabelSummaries();
  ASSERT_EQ(labels.size(), 3u);
  EXPECT_EQ(labels[1].name, "x");
  EXPECT_EQ(labels[1].series, 3u);
  ASSERT_EQ(labels[1].values.size(), 2u);
  EXPECT_EQ(labels[1].values[0].value, "1");
  EXPECT_EQ(labels[1].values[0].series, 2u);
  EXPECT_EQ(labels[1].values[1].series, 1u);
  EXPECT_EQ(labels[2].series, 1u);
}

TEST(Database, SumsUpSeriesAndTheirStreams) {
  Database database;
  const Labels labels = {{"__name__", "a"}};
  const std::vector<Sample> first = {{1000, 1}, {2000, 2}}, second = {{3000, 10}, {4000, 20}};
  const absl::Time start = absl::FromUnixMillis(2500);
  ASSERT_TRUE(database.Append(labels, second, start).ok());
  ASSERT_TRUE(database.Append(labels, first).ok());

  const std::vector<SeriesSummary> all = database.SeriesSummaries();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].labels, labels);
  EXPECT_EQ(all[0].numbers, 4u);
  EXPECT_EQ(all[0].first, absl::FromUnixMillis(1000));
  EXPECT_EQ(all[0].last, absl::FromUnixMillis(4000));
  EXPECT_EQ(all[0].last_value, 20);
  const std::vector<SeriesSummary> until =
      database.SeriesSummaries({.end = absl::FromUnixMillis(3000)});
  ASSERT_EQ(until.size(), 1u);
  EXPECT_EQ(until[0].numbers, 3u);
  EXPECT_EQ(until[0].last_value, 10);

  const std::vector<SeriesStreams> streams = database.Streams();
  ASSERT_EQ(streams.size(), 1u);
  ASSERT_EQ(streams[0].streams.size(), 2u);
  EXPECT_FALSE(streams[0].streams[0].start.has_value());
  EXPECT_EQ(streams[0].streams[0].last_value, 2);
  EXPECT_EQ(streams[0].streams[1].start, start);
  EXPECT_EQ(streams[0].streams[1].first, absl::FromUnixMillis(3000));
  EXPECT_EQ(streams[0].streams[1].samples, 2u);
}

TEST(Database, TellsWhatWasSaidOfMetricFamilies) {
  Database database;
  EXPECT_THAT(database.MetricFamilies(), IsEmpty());
  ASSERT_TRUE(database
                  .IngestText("# HELP b What b is.\n# TYPE b gauge\nb 1 1700000000000\n"
                              "# TYPE a counter\na 1 1700000000000\nc 1 1700000000000\n")
                  .ok());
  const std::vector<MetricFamily> families = database.MetricFamilies();
  ASSERT_EQ(families.size(), 2u);
  EXPECT_EQ(families[0].name, "a");
  EXPECT_EQ(families[0].metadata.type, "counter");
  EXPECT_EQ(families[1].metadata.help, "What b is.");
  ASSERT_TRUE(database.Metadata("b").has_value());
  EXPECT_EQ(database.Metadata("b")->type, "gauge");
  EXPECT_FALSE(database.Metadata("c").has_value());
}

TEST(Database, CountsWhatItHoldsAndItsMemory) {
  Database database;
  EXPECT_FALSE(database.Times().has_value());
  EXPECT_EQ(database.SeriesCount(), 0u);
  const std::vector<Sample> samples = {{1000, 1}, {3000, 2}};
  ASSERT_TRUE(database.Append(Labels{{"__name__", "a"}}, samples).ok());
  ASSERT_TRUE(database.Append(Labels{{"__name__", "b"}}, samples).ok());
  EXPECT_EQ(database.SeriesCount(), 2u);
  EXPECT_EQ(database.SampleCount(), 4u);
  ASSERT_TRUE(database.Times().has_value());
  EXPECT_EQ(database.Times()->first, absl::FromUnixMillis(1000));
  EXPECT_EQ(database.Times()->last, absl::FromUnixMillis(3000));
  const MemoryStats memory = database.MeasureMemory();
  EXPECT_EQ(memory.series, 2u);
  EXPECT_EQ(memory.samples, 4u);
  EXPECT_GT(memory.symbol_bytes, 0u);
  EXPECT_GT(memory.value_bytes, 0u);
}

TEST(Database, TellsTheFamilyOfASeriesBySuffix) {
  Database database;
  ASSERT_TRUE(database
                  .IngestText("# TYPE h histogram\n# HELP h Some.\n"
                              "h_bucket{le=\"1\"} 1 1\nh_sum 1 1\nh_count 1 1\nh_created 1 1\n"
                              "# TYPE s summary\ns{quantile=\"1\"} 1 1\ns_sum 1 1\ns_count 1 1\n"
                              "# TYPE c counter\nc_total 1 1\nc_created 1 1\n"
                              "# TYPE g gauge\ng 1 1\ng_count 1 1\n"
                              "# TYPE x_sum gauge\n# TYPE x histogram\nx_sum 1 1\n"
                              "other 1 1\n"
                              "# EOF\n")
                  .ok());
  std::vector<std::string> types;
  for (const MetricSummary& metric : database.Metrics()) {
    types.push_back(metric.name + ":" + metric.type);
  }
  EXPECT_THAT(types, ElementsAre("c_created:counter", "c_total:counter", "g:gauge",
                                 "g_count:", "h_bucket:histogram", "h_count:histogram",
                                 "h_created:histogram", "h_sum:histogram", "other:", "s:summary",
                                 "s_count:summary", "s_sum:summary", "x_sum:gauge"));
  EXPECT_EQ(Find(database.Metrics(), "h_bucket")->help, "Some.");
}

TEST(Database, IngestsRequests_AllOrNothing) {
  Database database;
  const std::string body = ReadFileBytes(CapturePath("raw-bodies/0001.metrics.pb"));
  ASSERT_TRUE(database.IngestOtlp(body).ok());
  Database loaded;
  ASSERT_TRUE(loaded.LoadFile(CapturePath("raw-bodies/0001.metrics.pb")).ok());
  EXPECT_EQ(Dump(database), Dump(loaded));
  const std::string json = Lines(ReadFileBytes(CapturePath("claude-code.metrics.jsonl")))[0];
  EXPECT_TRUE(database.IngestOtlp(json, Database::OtlpEncoding::kJson).ok());

  const std::string before = Dump(database);
  EXPECT_FALSE(database.IngestOtlp(body.substr(0, body.size() - 1)).ok());
  EXPECT_FALSE(database.IngestOtlp(json, Database::OtlpEncoding::kProtobuf).ok());
  EXPECT_FALSE(database.IngestOtlp(body, Database::OtlpEncoding::kJson).ok());
  EXPECT_FALSE(database.IngestRemoteWrite("no snappy").ok());
  EXPECT_THAT(std::string(database.IngestText("up 1 1700000000000\nup x\n").message()),
              HasSubstr("line 2 at byte 19: "));
  EXPECT_EQ(Dump(database), before);
}

TEST(Database, TakesTheEventsOfLogs_EachOnce) {
  const std::string bytes = ReadFileBytes(CapturePath("claude-code-sessions.logs.binpb"));
  Database database;
  for (int i = 0; i < 2; ++i) {
    for (const std::string& request : Frames(bytes)) {
      ASSERT_TRUE(database.IngestOtlpLogs(request).ok());
    }
    ASSERT_TRUE(database.LoadFile(CapturePath("claude-code-sessions.logs.binpb")).ok());
  }
  EXPECT_EQ(database.ApiRequests().size(), 37u);
  const std::vector<Matcher> matchers = {Equal("model", "claude-opus-4-8")};
  const std::vector<ApiRequest> of_model = database.ApiRequests(matchers);
  EXPECT_EQ(of_model.size(), 11u);
  const absl::Time first = absl::FromUnixNanos(of_model[0].time_ns);
  EXPECT_EQ(database.ApiRequests(matchers, first).size(), 10u);
  EXPECT_EQ(database.ApiRequests(matchers, absl::InfinitePast(), first).size(), 1u);

  for (const std::string& line : Lines(ReadFileBytes(CapturePath("claude-code.logs.jsonl")))) {
    ASSERT_TRUE(database.IngestOtlpLogs(line, Database::OtlpEncoding::kJson).ok());
  }
  EXPECT_EQ(database.ApiRequests().size(), 46u);
  EXPECT_THAT(database.Series(), IsEmpty());
}

TEST(Database, KeepsLogsAndMetricsApart) {
  const std::string logs = ReadFileBytes(CapturePath("claude-code-sessions.logs.binpb"));
  const std::string metrics = ReadFileBytes(CapturePath(kSessions));
  Database database;
  EXPECT_EQ(database.IngestOtlp(Frames(logs)[0]).message(), "holds OTLP logs, not metrics");
  EXPECT_EQ(database.IngestOtlpLogs(Frames(metrics)[0]).message(), "holds OTLP metrics, not logs");
  EXPECT_THAT(database.Series(), IsEmpty());
  EXPECT_THAT(database.ApiRequests(), IsEmpty());
}

TEST(Database, LoadsNativeHistograms) {
  LoadReport report;
  Database database;
  ASSERT_TRUE(database.LoadFile(CapturePath("otel-sdk-all-types.metrics.binpb"), {}, &report).ok());
  EXPECT_THAT(report.problems, IsEmpty());
  size_t native = 0;
  for (const MetricSummary& metric : database.Metrics()) {
    if (metric.name != "request_size_bytes") continue;
    ++native;
    EXPECT_EQ(metric.type, "histogram");
    EXPECT_EQ(metric.series, 2u);
    EXPECT_EQ(metric.samples, 64u);  // of 32 requests
  }
  EXPECT_EQ(native, 1u);
}

TEST(Database, RefusesHistogramsThatPrometheusWouldRefuse_AllOrNothing) {
  Database database;
  const auto good = std::make_shared<Histogram>();
  auto bad = std::make_shared<Histogram>();
  bad->schema = 9;
  const HistogramPoint points[] = {{1000, good}, {2000, bad}};
  const absl::Status status = database.AppendHistograms({{"__name__", "h"}}, points);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("got schema 9"));
  EXPECT_THAT(database.Series(), IsEmpty());
  EXPECT_FALSE(database.AppendHistograms({}, std::span(points, 1)).ok());
  EXPECT_TRUE(database.AppendHistograms({{"__name__", "h"}}, std::span(points, 1)).ok());
  EXPECT_EQ(database.Metrics().at(0).samples, 1u);
}

TEST(Database, CountsDeltas_AndRefusesThemIfToldTo) {
  Database counting;
  EXPECT_TRUE(counting.LoadFile(CapturePath("claude-code-delta.metrics.binpb")).ok());
  EXPECT_FALSE(counting.Series().empty());
  EXPECT_EQ(counting.Deltas(), DeltaCounts());

  Database database({.otlp = {.delta = OtlpOptions::Delta::kRefuse}});
  LoadReport report;
  const absl::Status status =
      database.LoadFile(CapturePath("claude-code-delta.metrics.binpb"), {}, &report);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative"));
  // Of all records the same is told: once.
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].alike + 1, report.records);
  EXPECT_GT(report.deltas.refused, 0u);
  EXPECT_EQ(database.Deltas(), report.deltas);
  EXPECT_THAT(report.warnings,
              ElementsAre(HasSubstr(absl::StrCat(report.deltas.refused, " data points of delta"))));
  EXPECT_THAT(database.Series(), IsEmpty());
  Database summed({.otlp = {.delta = OtlpOptions::Delta::kToCumulative}});
  EXPECT_TRUE(summed.LoadFile(CapturePath("claude-code-delta.metrics.binpb")).ok());
  EXPECT_FALSE(summed.Series().empty());
}

TEST(Database, CountsDeltasThatAreSentTwice_Once_AndSaysSo) {
  Database database;
  ASSERT_TRUE(database.LoadFile(CapturePath("claude-code-delta.metrics.binpb")).ok());
  const size_t samples = database.SampleCount();
  LoadReport again;
  ASSERT_TRUE(database.LoadFile(CapturePath("claude-code-delta.metrics.binpb"), {}, &again).ok());
  EXPECT_EQ(database.SampleCount(), samples);
  EXPECT_GT(again.deltas.repeated, 0u);
  EXPECT_THAT(again.warnings, ElementsAre(HasSubstr("sent again")));
}

TEST(Database, RewritesBoundsOfText_UnlessToldOtherwise) {
  const std::string text = "# TYPE h histogram\nh_bucket{le=\"5\"} 1 1\n# EOF\n";
  Database prometheus3;
  ASSERT_TRUE(prometheus3.IngestText(text).ok());
  EXPECT_THAT(prometheus3.LabelValues("le"), ElementsAre("5.0"));
  Database prometheus2({.text = {.normalize_le = false}});
  ASSERT_TRUE(prometheus2.IngestText(text).ok());
  EXPECT_THAT(prometheus2.LabelValues("le"), ElementsAre("5"));
}

TEST(Database, TellsProgress_UpToTheEnd) {
  TemporaryFolder folder;
  std::string text;
  while (text.size() < 3000000)
    text += "up 1 " + std::to_string(1700000000000 + text.size()) + "\n";
  const std::string path = folder.Write("big.txt", text);
  Database database;
  std::vector<uint64_t> told;
  LoadOptions options;
  options.progress = [&](uint64_t done, uint64_t total) {
    EXPECT_EQ(total, text.size());
    told.push_back(done);
  };
  ASSERT_TRUE(database.LoadFile(path, options).ok());
  EXPECT_GE(told.size(), 2u);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), text.size());
}

TEST(Database, ShowsAFileOnlyWhenAllOfItIsRead) {
  TemporaryFolder folder;
  std::string text;
  while (text.size() < 3000000)
    text += "up 1 " + std::to_string(1700000000000 + text.size()) + "\n";
  Database database;
  LoadOptions options;
  options.progress = [&](uint64_t, uint64_t) { EXPECT_THAT(database.Series(), IsEmpty()); };
  ASSERT_TRUE(database.LoadFile(folder.Write("big.txt", text), options).ok());
  EXPECT_EQ(database.Series().size(), 1u);
}

class SavedDatabase : public testing::Test {
 protected:
  TemporaryFolder folder_;
};

TEST_F(SavedDatabase, IsTheSameWhenLoadedAgain) {
  Database database;
  LoadReport report;
  const std::string text =
      folder_.Write("text", "# TYPE h histogram\n# HELP h Some.\nh_bucket{le=\"5\"} 1 1\n# EOF\n");
  const std::string plain = folder_.Write("plain", "up{a=\"b\"} 2 1700000000000\n");
  for (const std::string& path : {CapturePath(kSessions), CapturePath("claude-code.metrics.jsonl"),
                                  text, plain, CapturePath("raw-bodies/0001.metrics.pb.gz")}) {
    ASSERT_TRUE(database.LoadFile(path, {}, &report).ok());
  }
  const std::string saved = folder_.Path("saved.plc");
  ASSERT_TRUE(database.Save(saved).ok());
  Database again;
  LoadReport report_again;
  ASSERT_TRUE(again.LoadFile(saved, {}, &report_again).ok());
  EXPECT_EQ(Dump(again), Dump(database));
  EXPECT_EQ(report_again.records, report.records);
  EXPECT_EQ(report_again.samples, report.samples);
  // And once more, from .plc to .plc: byte by byte the same.
  ASSERT_TRUE(again.Save(folder_.Path("twice.plc")).ok());
  EXPECT_EQ(ReadFileBytes(folder_.Path("twice.plc")), ReadFileBytes(saved));
}

TEST_F(SavedDatabase, HoldsLogsToo) {
  Database database;
  for (const char* name :
       {kSessions, "claude-code-sessions.logs.binpb", "claude-code.logs.jsonl"}) {
    ASSERT_TRUE(database.LoadFile(CapturePath(name)).ok());
  }
  const std::string path = folder_.Path("saved.plc");
  ASSERT_TRUE(database.Save(path).ok());
  Database again;
  LoadReport report;
  ASSERT_TRUE(again.LoadFile(path, {}, &report).ok());
  EXPECT_EQ(Dump(again), Dump(database));
  EXPECT_EQ(report.api_requests, 46u);
  const std::vector<ApiRequest> saved = database.ApiRequests(), loaded = again.ApiRequests();
  ASSERT_EQ(loaded.size(), 46u);
  ASSERT_EQ(saved.size(), 46u);
  for (size_t i = 0; i < saved.size(); ++i) {
    EXPECT_EQ(*loaded[i].labels, *saved[i].labels);
    EXPECT_EQ(loaded[i].time_ns, saved[i].time_ns);
    EXPECT_EQ(loaded[i].cost_usd, saved[i].cost_usd);
    EXPECT_EQ(loaded[i].tokens, saved[i].tokens);
  }
}

TEST_F(SavedDatabase, HoldsLongTextInPieces) {
  std::string text = "# TYPE h histogram\n";
  for (int i = 0; i < 90000; ++i) {
    text += "h_bucket{le=\"5\"} 1 " + std::to_string(1700000000 + i) + "\n";
  }
  text += "# EOF\n";
  Database database;
  ASSERT_TRUE(database.LoadFile(folder_.Write("text", text)).ok());
  ASSERT_TRUE(database.Save(folder_.Path("saved.plc")).ok());
  Database again;
  LoadReport report;
  ASSERT_TRUE(again.LoadFile(folder_.Path("saved.plc"), {}, &report).ok());
  EXPECT_EQ(report.records, 1u);
  EXPECT_EQ(Dump(again), Dump(database));
  // Torn within the text: told, and all lines before are there.
  const std::string bytes = ReadFileBytes(folder_.Path("saved.plc"));
  Database torn;
  LoadReport torn_report;
  EXPECT_FALSE(
      torn.LoadFile(folder_.Write("torn", bytes.substr(0, bytes.size() - 5)), {}, &torn_report)
          .ok());
  ASSERT_EQ(torn_report.problems.size(), 2u);
  EXPECT_THAT(torn_report.problems[0].message, HasSubstr("the file ends within a block"));
  EXPECT_THAT(torn_report.problems[1].message, HasSubstr("without `# EOF`"));
  EXPECT_GT(torn_report.samples, 30000u);
  EXPECT_THAT(torn.LabelValues("le"), ElementsAre("5.0"));
}

TEST_F(SavedDatabase, KeepsWhatWasRefused_ForOtherOptions) {
  Database refusing({.otlp = {.delta = OtlpOptions::Delta::kRefuse}});
  EXPECT_FALSE(refusing.LoadFile(CapturePath("claude-code-delta.metrics.binpb")).ok());
  ASSERT_TRUE(refusing.Save(folder_.Path("saved.plc")).ok());
  const DatabaseOptions options{.otlp = {.delta = OtlpOptions::Delta::kToCumulative}};
  Database from_saved(options);
  Database from_capture(options);
  EXPECT_TRUE(from_saved.LoadFile(folder_.Path("saved.plc")).ok());
  EXPECT_TRUE(from_capture.LoadFile(CapturePath("claude-code-delta.metrics.binpb")).ok());
  EXPECT_EQ(Dump(from_saved), Dump(from_capture));
}

TEST_F(SavedDatabase, SaysWhenALoadedFileHasChanged) {
  const std::string path = folder_.Write("text", "up 1 1700000000000\n");
  Database database;
  ASSERT_TRUE(database.LoadFile(path).ok());
  folder_.Write("text", "up 1 1700000000000\nup 2 1700000000001\n");
  const absl::Status status = database.Save(folder_.Path("saved.plc"));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr(path));
  std::filesystem::remove(path);
  EXPECT_EQ(database.Save(folder_.Path("saved.plc")).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_FALSE(std::filesystem::exists(folder_.Path("saved.plc")));
}

TEST_F(SavedDatabase, MayReplaceTheFileItCameFrom) {
  const std::string path = folder_.Path("capture.plc");
  Database first;
  ASSERT_TRUE(first.LoadFile(CapturePath(kSessions)).ok());
  ASSERT_TRUE(first.Save(path).ok());
  Database database;
  ASSERT_TRUE(database.LoadFile(path).ok());
  ASSERT_TRUE(database.LoadFile(CapturePath(kParallel)).ok());
  ASSERT_TRUE(database.Save(path).ok());
  ASSERT_TRUE(database.Save(path).ok());
  Database again;
  ASSERT_TRUE(again.LoadFile(path).ok());
  EXPECT_EQ(Dump(again), Dump(database));
}

TEST_F(SavedDatabase, GivesAnErrorWhereItCannotBeWritten) {
  Database database;
  ASSERT_TRUE(database.LoadFile(CapturePath(kSessions)).ok());
  EXPECT_THAT(std::string(database.Save(folder_.Path("no/such/folder.plc")).message()),
              HasSubstr("cannot create "));
  Database empty;
  ASSERT_TRUE(empty.Save(folder_.Path("empty.plc")).ok());
  LoadReport report;
  EXPECT_TRUE(empty.LoadFile(folder_.Path("empty.plc"), {}, &report).ok());
  EXPECT_EQ(report.records, 0u);
}

TEST(ConcurrentDatabase, LoadsIngestsReadsAndSavesSideBySide) {
  TemporaryFolder folder;
  Database database;
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) {
      database.Metrics();
      database.Series();
      database.LabelNames();
      database.Overlaps();
    }
  });
  std::thread loader([&] {
    EXPECT_TRUE(database.LoadFile(CapturePath(kSessions)).ok());
    EXPECT_TRUE(database.Save(folder.Path("saved.plc")).ok());
    EXPECT_TRUE(database.LoadFile(CapturePath(kParallel)).ok());
  });
  for (int i = 0; i < 50; ++i) {
    EXPECT_TRUE(database.IngestText("up 1 " + std::to_string(1700000000000 + i) + "\n").ok());
  }
  loader.join();
  done = true;
  reader.join();
  Database expected;
  ASSERT_TRUE(expected.LoadFile(CapturePath(kSessions)).ok());
  ASSERT_TRUE(expected.LoadFile(CapturePath(kParallel)).ok());
  EXPECT_EQ(database.Series().size(), expected.Series().size() + 1);
  EXPECT_EQ(Find(database.Metrics(), "up")->samples, 50u);
}

}  // namespace
}  // namespace promlite
