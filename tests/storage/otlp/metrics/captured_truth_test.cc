// What really happened in the captures of Claude Code, by their README: the last value of each
// stream, added up, must give it, both from the decoded data points and from what is stored.

#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/recorded_answers.h"

namespace promlite::internal {
namespace {

using Totals = std::map<std::string, double>;  // by OTLP metric name

// Decodes a capture with libprotobuf alone.
Totals DecodedTotals(const std::vector<std::string>& requests) {
  std::map<std::pair<std::string, std::string>, double> last;  // by metric and stream
  for (const std::string& bytes : requests) {
    otlp::ExportMetricsServiceRequest request;
    EXPECT_TRUE(request.ParseFromString(bytes));
    for (const auto& resource_metrics : request.resource_metrics()) {
      for (const auto& scope_metrics : resource_metrics.scope_metrics()) {
        for (const auto& metric : scope_metrics.metrics()) {
          for (const auto& point : metric.sum().data_points()) {
            std::string stream = std::to_string(point.start_time_unix_nano());
            for (const auto& attribute : point.attributes()) {
              stream += attribute.SerializeAsString();
            }
            last[{metric.name(), stream}] = point.as_double();
          }
        }
      }
    }
  }
  Totals totals;
  for (const auto& [key, value] : last) totals[key.first] += value;
  return totals;
}

// The same from the database, by the names that Prometheus gives.
Totals StoredTotals(const std::vector<std::string>& requests) {
  Receiver receiver;
  for (const std::string& request : requests) EXPECT_TRUE(receiver.ReceiveProtobuf(request).ok());
  Totals totals;
  for (const auto& [labels, streams] : receiver.database().series()) {
    for (const auto& [start, samples] : streams) {
      totals[std::string(labels.MetricName())] += std::bit_cast<double>(samples.rbegin()->second);
    }
  }
  return totals;
}

struct Truth {
  std::string otlp_name;
  std::string stored_name;
  double value;
};

void ExpectTruths(const std::string& capture, const std::vector<Truth>& truths) {
  const std::vector<std::string> requests =
      ReadRequests("tests/data/captures/" + capture + ".metrics.binpb");
  const Totals decoded = DecodedTotals(requests);
  const Totals stored = StoredTotals(requests);
  for (const Truth& truth : truths) {
    ASSERT_TRUE(decoded.contains(truth.otlp_name)) << truth.otlp_name;
    ASSERT_TRUE(stored.contains(truth.stored_name)) << truth.stored_name;
    EXPECT_NEAR(decoded.at(truth.otlp_name), truth.value, 1e-9) << truth.otlp_name;
    EXPECT_NEAR(stored.at(truth.stored_name), truth.value, 1e-9) << truth.stored_name;
  }
}

TEST(CapturedTruth, OfFiveSessions_IsTheSumOfLastValues) {
  ExpectTruths(
      "claude-code-sessions",
      {{"claude_code.commit.count", "claude_code_commit_count_total", 7},
       {"claude_code.session.count", "claude_code_session_count_total", 5},
       {"claude_code.pull_request.count", "claude_code_pull_request_count_total", 1},
       {"claude_code.lines_of_code.count", "claude_code_lines_of_code_count_total", 242},
       {"claude_code.code_edit_tool.decision", "claude_code_code_edit_tool_decision_total", 10},
       {"claude_code.cost.usage", "claude_code_cost_usage_USD_total", 1.7404576499999997},
       {"claude_code.token.usage", "claude_code_token_usage_tokens_total", 1644808},
       {"claude_code.active_time.total", "claude_code_active_time_seconds_total", 331.094}});
}

TEST(CapturedTruth, OfWritersSideBySide_IsTheSumOfLastValuesByStart) {
  ExpectTruths(
      "claude-code-parallel",
      {{"claude_code.commit.count", "claude_code_commit_count_total", 10 + 11},
       {"claude_code.session.count", "claude_code_session_count_total", 4 + 4},
       {"claude_code.cost.usage", "claude_code_cost_usage_USD_total", 1.7708655 + 2.44331325},
       {"claude_code.token.usage", "claude_code_token_usage_tokens_total",
        22974 + 44717 + 2427020 + 80822 + 28683 + 77295 + 2850935 + 91349},
       {"claude_code.lines_of_code.count", "claude_code_lines_of_code_count_total",
        44 + 4 + 55 + 4},
       {"claude_code.active_time.total", "claude_code_active_time_seconds_total",
        223.048 + 270.254}});
}

}  // namespace
}  // namespace promlite::internal
