// generate_claude_code_data sessions|dense COUNT INTERVAL_SECONDS: OpenMetrics text of a generated
// day to standard output.

#include <cstdlib>
#include <iostream>
#include <string_view>

#include "promlite/bench/claude_code_data.h"
#include "promlite/bench/formats.h"

int main(int argc, char** argv) {
  using namespace promlite::bench;
  const std::string_view kind = argc == 4 ? argv[1] : "";
  const size_t count = argc == 4 ? std::strtoull(argv[2], nullptr, 10) : 0;
  DataShape shape;
  shape.interval_ms = argc == 4 ? 1000 * std::strtoll(argv[3], nullptr, 10) : 0;
  if ((kind != "sessions" && kind != "dense") || count == 0 || shape.interval_ms <= 0) {
    std::cerr << "usage: generate_claude_code_data sessions|dense COUNT INTERVAL_SECONDS\n";
    return 2;
  }
  std::cout << OpenMetricsText(kind == "dense" ? DenseSeries(count, shape)
                                               : SessionSeries(count, shape));
  return std::cout.good() ? 0 : 1;
}
