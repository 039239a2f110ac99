#ifndef PROMLITE_STORAGE_OTLP_METRICS_UNIT_H_
#define PROMLITE_STORAGE_OTLP_METRICS_UNIT_H_

#include <string>
#include <string_view>

namespace promlite::internal {

// An OTLP unit such as `By/s`, taken apart and spelled out: main "bytes", per "per_second". Both
// may be empty: parts in braces are annotations and not taken, unknown parts stay as they are.
struct UnitSuffixes {
  std::string main;
  std::string per;
};
UnitSuffixes BuildUnitSuffixes(std::string_view unit);

// A unit's part as it may stand in a metric name: what is not of [A-Za-z0-9:] becomes `_`, runs of
// `_` one, a leading `_` goes.
std::string CleanUnit(std::string_view unit);

// The unit as metadata and the label __unit__ have it: `bytes_per_second`. Escaped: made of
// characters that a metric name may have.
enum class Escaping { kUnderscores, kNone };
std::string BuildUnit(std::string_view unit, Escaping escaping);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_UNIT_H_
