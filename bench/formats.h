#ifndef PROMLITE_BENCH_FORMATS_H_
#define PROMLITE_BENCH_FORMATS_H_

#include <string>
#include <vector>

#include "promlite/bench/claude_code_data.h"

namespace promlite::bench {

// OpenMetrics text with timestamps, family by family, as promtool's importer takes it.
std::string OpenMetricsText(const std::vector<GeneratedSeries>& series);

// What the exporters would have sent: one OTLP ExportMetricsServiceRequest for each time at which
// some session (or other writer) had something to say, in time order.
std::vector<std::string> OtlpRequests(const std::vector<GeneratedSeries>& series);

}  // namespace promlite::bench

#endif  // PROMLITE_BENCH_FORMATS_H_
