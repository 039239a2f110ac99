#include "promlite/apps/promqltest/runner.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "promlite/apps/promqltest/at_rewrite.h"
#include "promlite/apps/promqltest/comparison.h"
#include "promlite/apps/promqltest/custom_bucket_histograms.h"
#include "promlite/engine/engine.h"
#include "promlite/storage/database.h"

namespace promlite::promqltest {
namespace {

EngineOptions ReferenceOptions() {
  EngineOptions options;
  options.experimental_functions = true;
  options.unquoted_utf8_names = true;
  options.binop_fill_modifiers = true;
  options.delayed_name_removal = true;
  options.use_start_timestamps = true;
  options.max_samples = 10'000;
  options.timeout = absl::Seconds(100);
  return options;
}

absl::Status Prefixed(const std::string& prefix, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat(prefix, status.message()));
}

class ScriptRun {
 public:
  ScriptRun() { Clear(); }

  absl::Status Run(const LoadCommand& load) {
    for (size_t i = 0; i < load.series.size(); ++i) {
      absl::Status status = Load(load, load.series[i], load.start_times[i]);
      if (!status.ok()) return status;
    }
    if (!load.with_custom_bucket_histograms) return absl::OkStatus();
    const auto histograms = CustomBucketHistograms(load.series, load.gap);
    if (!histograms.ok()) return histograms.status();
    for (const auto& [labels, points] : *histograms) {
      if (absl::Status s = database_->AppendHistograms(labels, points); !s.ok()) return s;
    }
    return absl::OkStatus();
  }

  void Clear() {
    database_ = std::make_unique<Database>();
    engine_ = std::make_unique<Engine>(database_.get(), ReferenceOptions());
  }

  absl::Status Run(const EvalCommand& eval) {
    if (eval.is_range) return RunRange(eval);
    if (absl::Status s = RunInstant(eval, eval.query, eval.time); !s.ok()) return s;
    absl::StatusOr<std::optional<std::string>> fixed = RewriteWithAt(eval.query, eval.time);
    if (!fixed.ok()) return fixed.status();
    if (!fixed->has_value()) return absl::OkStatus();
    for (const absl::Time other : OtherTimes(eval.time)) {
      if (absl::Status s = RunInstant(eval, **fixed, other); !s.ok()) {
        return Prefixed(
            absl::StrCat("asked as ", **fixed, " at ", absl::ToUnixMillis(other), " ms: "), s);
      }
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Load(const LoadCommand& load, const SeriesDescription& series,
                    const std::vector<StartTimesDescription::Item>& starts) {
    struct Points {
      std::vector<Sample> samples;
      std::vector<HistogramPoint> histograms;
    };
    std::map<absl::Time, Points> points_by_start;
    for (size_t i = 0; i < series.items.size(); ++i) {
      if (series.items[i].omitted) continue;
      const absl::Time time = absl::UnixEpoch() + static_cast<int64_t>(i) * load.gap;
      const bool has_start = !starts.empty() && !starts[i].omitted;
      Points& points = points_by_start[has_start ? time + starts[i].offset : absl::UnixEpoch()];
      if (series.items[i].histogram) {
        points.histograms.push_back({absl::ToUnixMillis(time), series.items[i].histogram});
      } else {
        points.samples.push_back({absl::ToUnixMillis(time), series.items[i].value});
      }
    }
    for (const auto& [start, points] : points_by_start) {
      absl::Status status = absl::OkStatus();
      if (!points.samples.empty()) {
        status = database_->Append(series.labels, points.samples, start);
      }
      if (status.ok() && !points.histograms.empty()) {
        status = database_->AppendHistograms(series.labels, points.histograms, start);
      }
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  static std::vector<absl::Time> OtherTimes(absl::Time time) {
    const absl::Duration t = time - absl::UnixEpoch();
    const absl::Time zero = absl::UnixEpoch();
    if (t == absl::ZeroDuration()) return {zero - absl::Seconds(1), zero, zero + absl::Seconds(1)};
    return {zero - 10 * t, zero, zero + t / 5, time, zero + 10 * t};
  }

  static absl::Status CheckFailure(const EvalCommand& eval, const absl::Status& status) {
    if (!eval.fails) return status;
    if (!eval.failure || eval.failure->Accepts(std::string(status.message()))) {
      return absl::OkStatus();
    }
    return Prefixed("another error was expected, but got: ", status);
  }

  static absl::Status Check(const EvalCommand& eval, const absl::StatusOr<QueryResult>& result) {
    if (!result.ok()) return CheckFailure(eval, result.status());
    if (eval.fails) return absl::FailedPreconditionError("expected an error but got none");
    if (absl::Status s = CompareAnnotations(eval, *result); !s.ok()) return s;
    return CompareResult(eval, *result);
  }

  absl::Status RunRange(const EvalCommand& eval) const {
    return Check(eval, engine_->Range(eval.query, eval.start, eval.end, eval.step));
  }

  absl::Status RunInstant(const EvalCommand& eval, const std::string& query,
                          absl::Time time) const {
    const absl::StatusOr<QueryResult> result = engine_->Instant(query, time);
    if (absl::Status s = Check(eval, result); !s.ok() || !result.ok()) return s;
    if (eval.range_vector || eval.string || DependsOnTheGrid(query)) return absl::OkStatus();
    return Prefixed("as a range query: ", RunAsMiddleStep(eval, query, time, result->type));
  }

  static bool DependsOnTheGrid(const std::string& query) {
    return RE2::PartialMatch(query, R"((start|end|range|step)\(\))");
  }

  absl::Status RunAsMiddleStep(const EvalCommand& eval, const std::string& query, absl::Time time,
                               promql::ValueType type) const {
    absl::StatusOr<QueryResult> range =
        engine_->Range(query, time - absl::Minutes(1), time + absl::Minutes(1), absl::Minutes(1));
    if (!range.ok()) return range.status();
    if (eval.ordered) return absl::OkStatus();
    for (size_t i = 1; i < range->series.size(); ++i) {
      if (range->series[i].labels < range->series[i - 1].labels) {
        return absl::FailedPreconditionError("matrix results should always be sorted by labels");
      }
    }
    return CompareResult(eval, AtTime(*range, absl::ToUnixMillis(time), type));
  }

  // The samples of one step of a matrix, as the instant query's result.
  static QueryResult AtTime(const QueryResult& matrix, int64_t time_ms, promql::ValueType type) {
    QueryResult result;
    result.type = type;
    for (const ResultSeries& series : matrix.series) {
      for (const Sample& sample : series.samples) {
        if (sample.timestamp_ms != time_ms) continue;
        result.series.push_back({series.labels, {sample}, {}});
        result.scalar = sample;
      }
      for (const HistogramPoint& point : series.histograms) {
        if (point.timestamp_ms == time_ms) result.series.push_back({series.labels, {}, {point}});
      }
    }
    return result;
  }

  std::unique_ptr<Database> database_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace

ScriptResult RunScript(const std::vector<Command>& commands) {
  ScriptRun run;
  ScriptResult result;
  for (const Command& command : commands) {
    if (std::holds_alternative<ClearCommand>(command.what)) {
      run.Clear();
    } else if (const auto* load = std::get_if<LoadCommand>(&command.what)) {
      absl::Status status = run.Run(*load);
      if (!status.ok()) {
        result.failures.push_back({command.line, "load", std::string(status.message())});
      }
    } else {
      const EvalCommand& eval = std::get<EvalCommand>(command.what);
      absl::Status status = run.Run(eval);
      if (status.ok()) {
        ++result.passed;
      } else {
        result.failures.push_back({command.line, eval.query, std::string(status.message())});
      }
    }
  }
  return result;
}

}  // namespace promlite::promqltest
