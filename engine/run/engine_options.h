#ifndef PROMLITE_ENGINE_RUN_ENGINE_OPTIONS_H_
#define PROMLITE_ENGINE_RUN_ENGINE_OPTIONS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace promlite {

// Whose answers the engine gives where Prometheus' releases differ.
enum class Compatibility {
  kPrometheus3,  // 3.16
  // 2.42, as Debian 12 packages it: ranges and lookback closed on the left; extrapolation limited
  // at the counter's zero before the threshold is applied; sum and avg without compensation.
  kPrometheus2,
};

// What an operator of Prometheus can set by flags, with the same defaults.
struct EngineOptions {
  absl::Duration lookback_delta = absl::Minutes(5);
  // The step of `[5m:]`: Prometheus' global evaluation interval.
  absl::Duration default_subquery_step = absl::Minutes(1);

  // --enable-feature=...
  bool experimental_functions = false;  // promql-experimental-functions
  bool binop_fill_modifiers = false;    // promql-binop-fill-modifiers
  bool delayed_name_removal = false;    // promql-delayed-name-removal
  bool unquoted_utf8_names = false;     // promql-unquoted-utf8-names
  bool use_start_timestamps = false;    // use-start-timestamps
  bool type_and_unit_labels = false;    // type-and-unit-labels

  // promlite's own: `increase(x[1d] exact)`, what each writer of a series counted, added up.
  // Ignored under kPrometheus2.
  bool exact_ranges = true;

  Compatibility compatibility = Compatibility::kPrometheus3;

  // Limits of each query. Samples are those held at a time, as Prometheus counts them.
  int64_t max_samples = 50'000'000;
  int64_t max_bytes = int64_t{8} << 30;
  absl::Duration timeout = absl::Minutes(2);

  // How many threads one query may use; 0 = as many as there are processors. Answers are
  // bit-identical for every number.
  int threads = 0;

  // For tests: evaluate the plan as written, without rewrites.
  bool rewrites = true;
  // For tests: how many series are evaluated at a time; 0 = chosen by the number of steps.
  size_t batch_series = 0;
};

}  // namespace promlite

#endif  // PROMLITE_ENGINE_RUN_ENGINE_OPTIONS_H_
