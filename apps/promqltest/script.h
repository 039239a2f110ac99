#ifndef PROMLITE_APPS_PROMQLTEST_SCRIPT_H_
#define PROMLITE_APPS_PROMQLTEST_SCRIPT_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/apps/promqltest/series_notation.h"
#include "re2/re2.h"

// The script language of Prometheus' own PromQL tests: `clear`, `load` and `eval` commands.
namespace promlite::promqltest {

struct ClearCommand {};

// `load 5m` and the series below it. Samples are `gap` apart, from the epoch on.
struct LoadCommand {
  absl::Duration gap;
  bool with_custom_bucket_histograms = false;  // load_with_nhcb
  std::vector<SeriesDescription> series;
  // For the series of the same place: empty, or an item a sample.
  std::vector<std::vector<StartTimesDescription::Item>> start_times;
};

// What `expect fail|warn|info` says of a message: anything, this text, or a match of this pattern.
struct MessageExpectation {
  std::optional<std::string> text;
  std::shared_ptr<const RE2> pattern;

  bool Accepts(std::string_view message) const;
};

struct ExpectedSeries {
  Labels labels;
  std::vector<SequenceItem> items;
  size_t position = 0;  // from 1
};

// `eval instant at 5m QUERY` or `eval range from 0 to 1h step 5m QUERY`, and what is expected.
struct EvalCommand {
  std::string query;
  bool is_range = false;
  absl::Time time;        // instant
  absl::Time start, end;  // range, and `expect range vector`
  absl::Duration step;

  bool ordered = false;
  bool fails = false;
  std::optional<MessageExpectation> failure;
  std::vector<MessageExpectation> warnings, infos;
  bool some_warning = false, some_info = false;  // eval_warn, eval_info
  bool no_warnings = false, no_infos = false;
  std::optional<double> scalar;
  std::optional<std::string> string;
  bool range_vector = false;  // expect range vector
  std::vector<ExpectedSeries> series;
};

struct Command {
  size_t line = 0;  // from 1
  std::variant<ClearCommand, LoadCommand, EvalCommand> what;
};

// Reads a whole script. The message of an error begins with its line: "12: ...".
absl::StatusOr<std::vector<Command>> ParseScript(std::string_view text);

}  // namespace promlite::promqltest

#endif  // PROMLITE_APPS_PROMQLTEST_SCRIPT_H_
