#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_DOCTOR_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_DOCTOR_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/engine/usage/doctor/diagnosis.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/database.h"
#include "promlite/storage/loading.h"

namespace promlite {

struct DoctorOptions {
  // A vector selector without offset and @, of whose metrics those stay out that are gauges by
  // their type; empty: all counters by type or, where none is told, by name, `_bucket` left out.
  std::string selector;
  // The end of the range; nothing: the newest sample of all.
  std::optional<absl::Time> time;
  // How long it is; nothing: all selected samples lie in it, the starts of those that began within
  // the lookback delta before, and the events beside them, rounded up to whole minutes, from an
  // hour on to hours, from a day on to days.
  std::optional<absl::Duration> range;
  // What loading said, for what was refused; may be null.
  const LoadReport* load_report = nullptr;
  // Called now and then with the series that were looked at, and their number in all.
  std::function<void(uint64_t done, uint64_t total)> progress;
  // Set it to true from any thread to stop: the result is then Cancelled.
  const std::atomic<bool>* cancelled = nullptr;
};

// What counts wrong in the database's counters, and why: by metric, what each formula answers, as
// the engine's own queries say (exact, anchored and smoothed allowed, Prometheus 3.16's semantics),
// and the findings that falsify some of them. Where events of Claude Code are loaded, they are the
// second witness of what it cost and of its tokens. Native histograms are not looked at. Holds the
// samples of one series at a time.
//
// Errors: InvalidArgument for a selector or range that is none; NotFound for a selector that no
// series matches, unless something was refused when it was loaded; those of Engine::Instant().
PROMLITE_EXPORT absl::StatusOr<Diagnosis> Doctor(const Database& database,
                                                 const EngineOptions& engine_options = {},
                                                 const DoctorOptions& options = {});

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_DOCTOR_H_
