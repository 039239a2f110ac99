#include "promlite/apps/promqltest/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "promlite/apps/promqltest/histogram_notation.h"
#include "promlite/engine/answer/json.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::promqltest {
namespace {

absl::Status Differs(const std::string& what) { return absl::FailedPreconditionError(what); }

const ExpectedSeries* FindExpected(const EvalCommand& eval, const Labels& labels) {
  // Of a series that is listed twice the last line counts.
  for (auto series = eval.series.rbegin(); series != eval.series.rend(); ++series) {
    if (series->labels == labels) return &*series;
  }
  return nullptr;
}

absl::Status CheckAllFound(const EvalCommand& eval, const QueryResult& result) {
  for (const ExpectedSeries& expected : eval.series) {
    const bool found =
        std::any_of(result.series.begin(), result.series.end(),
                    [&](const ResultSeries& series) { return series.labels == expected.labels; });
    if (!found)
      return Differs(absl::StrCat("expected metric ", expected.labels.ToString(), " not found"));
  }
  return absl::OkStatus();
}

bool BucketsMatch(const std::vector<HistogramBucket>& a, const std::vector<HistogramBucket>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const HistogramBucket& x, const HistogramBucket& y) {
                      return x.index == y.index && AlmostEqual(x.count, y.count);
                    });
}

// Layouts must be equal but for empty buckets, numbers nearly so.
bool HistogramsMatch(const SequenceItem& item, Histogram actual) {
  Histogram expected = *item.histogram;
  RemoveEmptyBuckets(&expected);
  RemoveEmptyBuckets(&actual);
  return expected.schema == actual.schema && AlmostEqual(expected.count, actual.count) &&
         AlmostEqual(expected.sum, actual.sum) &&
         (!expected.UsesCustomBuckets() || expected.custom_bounds == actual.custom_bounds) &&
         expected.zero_threshold == actual.zero_threshold &&
         AlmostEqual(expected.zero_count, actual.zero_count) &&
         BucketsMatch(expected.positive, actual.positive) &&
         BucketsMatch(expected.negative, actual.negative) &&
         (!item.hint_given || expected.hint == actual.hint);
}

std::string Shown(const ResultSeries& series) {
  return series.histograms.empty() ? FormatSampleValue(series.samples[0].value)
                                   : PrintHistogramNotation(*series.histograms[0].histogram);
}

std::string Shown(const SequenceItem& item) {
  return item.histogram ? PrintHistogramNotation(*item.histogram) : FormatSampleValue(item.value);
}

bool Matches(const SequenceItem& expected, const ResultSeries& series) {
  if (expected.histogram) {
    return !series.histograms.empty() && HistogramsMatch(expected, *series.histograms[0].histogram);
  }
  return series.histograms.empty() && AlmostEqual(expected.value, series.samples[0].value);
}

absl::Status CompareVector(const EvalCommand& eval, const QueryResult& result) {
  if (eval.scalar) return Differs("expected scalar result, but got a vector");
  for (size_t i = 0; i < result.series.size(); ++i) {
    const ResultSeries& series = result.series[i];
    const ExpectedSeries* expected = FindExpected(eval, series.labels);
    if (expected == nullptr || expected->items.empty()) {
      return Differs(absl::StrCat("unexpected metric ", series.labels.ToString(),
                                  " in result, has value ", Shown(series)));
    }
    if (eval.ordered && expected->position != i + 1) {
      return Differs(absl::StrCat("expected metric ", series.labels.ToString(), " at position ",
                                  expected->position, " but was at ", i + 1));
    }
    if (!Matches(expected->items[0], series)) {
      return Differs(absl::StrCat("expected ", Shown(expected->items[0]), " for ",
                                  series.labels.ToString(), " but got ", Shown(series)));
    }
  }
  return CheckAllFound(eval, result);
}

// What is expected of a series at the times of the query's steps.
struct ExpectedPoints {
  std::vector<Sample> samples;
  struct Point {
    int64_t timestamp_ms;
    const SequenceItem* item;
  };
  std::vector<Point> histograms;
};

ExpectedPoints PointsOf(const EvalCommand& eval, const ExpectedSeries& series) {
  ExpectedPoints points;
  absl::Time time = eval.start;
  for (const SequenceItem& item : series.items) {
    const int64_t time_ms = absl::ToUnixMillis(time);
    if (item.histogram) {
      points.histograms.push_back({time_ms, &item});
    } else if (!item.omitted) {
      points.samples.push_back({time_ms, item.value});
    }
    time += eval.step;
  }
  return points;
}

absl::Status CompareHistograms(const std::string& labels,
                               const std::vector<ExpectedPoints::Point>& wanted,
                               const std::vector<HistogramPoint>& histograms) {
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].timestamp_ms != histograms[i].timestamp_ms) {
      return Differs(absl::StrCat("expected histogram value at index ", i, " for ", labels,
                                  " to have timestamp ", wanted[i].timestamp_ms,
                                  ", but it had timestamp ", histograms[i].timestamp_ms));
    }
    if (!HistogramsMatch(*wanted[i].item, *histograms[i].histogram)) {
      return Differs(absl::StrCat("expected histogram value at index ", i,
                                  " (t=", wanted[i].timestamp_ms, ") for ", labels, " to be ",
                                  Shown(*wanted[i].item), ", but got ",
                                  PrintHistogramNotation(*histograms[i].histogram)));
    }
  }
  return absl::OkStatus();
}

absl::Status ComparePoints(const EvalCommand& eval, const ExpectedSeries& expected,
                           const ResultSeries& series) {
  const std::string labels = expected.labels.ToString();
  const auto count = static_cast<int64_t>(expected.items.size());
  if (count > 0 && eval.start + (count - 1) * eval.step > eval.end) {
    return Differs(absl::StrCat("expected ", count, " points for ", labels,
                                ", but query time range cannot return this many points"));
  }
  const auto [wanted, wanted_histograms] = PointsOf(eval, expected);
  const std::vector<Sample>& samples = series.samples;
  if (wanted.size() != samples.size() || wanted_histograms.size() != series.histograms.size()) {
    return Differs(absl::StrCat("expected ", wanted.size(), " float points and ",
                                wanted_histograms.size(), " histogram points for ", labels,
                                ", but got ", samples.size(), " and ", series.histograms.size()));
  }
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].timestamp_ms != samples[i].timestamp_ms) {
      return Differs(absl::StrCat("expected float value at index ", i, " for ", labels,
                                  " to have timestamp ", wanted[i].timestamp_ms,
                                  ", but it had timestamp ", samples[i].timestamp_ms));
    }
    if (!AlmostEqual(wanted[i].value, samples[i].value)) {
      return Differs(absl::StrCat("expected float value at index ", i,
                                  " (t=", samples[i].timestamp_ms, ") for ", labels, " to be ",
                                  FormatSampleValue(wanted[i].value), ", but got ",
                                  FormatSampleValue(samples[i].value)));
    }
  }
  return CompareHistograms(labels, wanted_histograms, series.histograms);
}

absl::Status CompareMatrix(const EvalCommand& eval, const QueryResult& result) {
  if (eval.ordered) return Differs("expected ordered result, but query returned a matrix");
  if (eval.scalar) return Differs("expected scalar result, but got a matrix");
  for (size_t i = 0; i < result.series.size(); ++i) {
    const ResultSeries& series = result.series[i];
    if (i > 0 && !(result.series[i - 1].labels < series.labels)) {
      return Differs("matrix results should always be sorted by labels");
    }
    const ExpectedSeries* expected = FindExpected(eval, series.labels);
    if (expected == nullptr) {
      return Differs(absl::StrCat("unexpected metric ", series.labels.ToString(), " in result"));
    }
    if (absl::Status s = ComparePoints(eval, *expected, series); !s.ok()) return s;
  }
  return CheckAllFound(eval, result);
}

absl::Status CompareKind(const std::vector<MessageExpectation>& expected,
                         const std::vector<std::string>& actual, const std::string& kind) {
  if (expected.empty()) return absl::OkStatus();
  if (actual.empty()) {
    return Differs(absl::StrCat("expected ", kind, " annotations but none were found"));
  }
  for (const MessageExpectation& expectation : expected) {
    const bool found = std::any_of(actual.begin(), actual.end(), [&](const std::string& text) {
      return expectation.Accepts(text);
    });
    if (!found) {
      return Differs(absl::StrCat("expected ", kind,
                                  " annotation not found, found: ", absl::StrJoin(actual, "; ")));
    }
  }
  for (const std::string& text : actual) {
    const bool wanted = std::any_of(expected.begin(), expected.end(),
                                    [&](const MessageExpectation& e) { return e.Accepts(text); });
    if (!wanted) return Differs(absl::StrCat("unexpected ", kind, " annotation: ", text));
  }
  return absl::OkStatus();
}

}  // namespace

bool AlmostEqual(double a, double b) {
  constexpr double kEpsilon = 1e-6;
  if (IsStalenessMarker(a) || IsStalenessMarker(b)) {
    return IsStalenessMarker(a) && IsStalenessMarker(b);
  }
  if (std::isnan(a) && std::isnan(b)) return true;
  if (a == b) return true;
  const double sum = std::abs(a) + std::abs(b);
  const double difference = std::abs(a - b);
  constexpr double kMinNormal = std::numeric_limits<double>::min();
  if (a == 0 || b == 0 || sum < kMinNormal) return difference < kEpsilon * kMinNormal;
  return difference / std::min(sum, std::numeric_limits<double>::max()) < kEpsilon;
}

absl::Status CompareResult(const EvalCommand& eval, const QueryResult& result) {
  switch (result.type) {
    case promql::ValueType::kMatrix:
      return CompareMatrix(eval, result);
    case promql::ValueType::kVector:
      return CompareVector(eval, result);
    case promql::ValueType::kScalar:
      if (!eval.scalar) return Differs("expected vector or matrix result, but got a scalar");
      if (AlmostEqual(*eval.scalar, result.scalar.value)) return absl::OkStatus();
      return Differs(absl::StrCat("expected scalar ", FormatSampleValue(*eval.scalar), " but got ",
                                  FormatSampleValue(result.scalar.value)));
    case promql::ValueType::kString:
      if (eval.string == result.string) return absl::OkStatus();
      return Differs(absl::StrCat("expected string \"", eval.string.value_or(""), "\" but got \"",
                                  result.string, "\""));
    case promql::ValueType::kNone:
      break;
  }
  return absl::InternalError("a result of no type");
}

absl::Status CompareAnnotations(const EvalCommand& eval, const QueryResult& result) {
  if (eval.some_warning && result.warnings.empty()) return Differs("expected warnings, got none");
  if (eval.some_info && result.infos.empty()) return Differs("expected infos, got none");
  if (absl::Status s = CompareKind(eval.warnings, result.warnings, "warn"); !s.ok()) return s;
  if (absl::Status s = CompareKind(eval.infos, result.infos, "info"); !s.ok()) return s;
  if (eval.no_warnings && !result.warnings.empty()) {
    return Differs(absl::StrCat("unexpected warnings: ", absl::StrJoin(result.warnings, "; ")));
  }
  if (eval.no_infos && !result.infos.empty()) {
    return Differs(absl::StrCat("unexpected infos: ", absl::StrJoin(result.infos, "; ")));
  }
  return absl::OkStatus();
}

}  // namespace promlite::promqltest
