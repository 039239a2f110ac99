#include "promlite/engine/usage/doctor/refused_delta.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace promlite::internal {
namespace {

// What OTLP's receiver says of a metric of delta temporality, its name in quotes behind it.
constexpr std::string_view kRefusal = "invalid temporality and type combination for metric \"";

}  // namespace

std::vector<Finding> FindRefusedDelta(const LoadReport& report) {
  std::map<std::string, size_t> requests;
  for (const LoadProblem& problem : report.problems) {
    const std::string_view message = problem.message;
    for (size_t at = message.find(kRefusal); at != std::string_view::npos;
         at = message.find(kRefusal, at + 1)) {
      const size_t begin = at + kRefusal.size();
      const size_t end = message.find("\"\n", begin);
      std::string name(message.substr(begin, end - begin));
      if (name.ends_with('"')) name.pop_back();
      ++requests[std::move(name)];
    }
  }
  std::vector<Finding> findings;
  for (const auto& [name, count] : requests) {
    Finding finding;
    finding.kind = FindingKind::kDeltaRefused;
    finding.count = count;
    finding.detail = name;
    for (const Formula formula : kAllFormulas) finding.wrong.push_back({formula, std::nullopt});
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace promlite::internal
