#include "promlite/bench/claude_code_data.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>

namespace promlite::bench {
namespace {

constexpr Metric kTokens{"claude_code.token.usage", "tokens",
                         "claude_code_token_usage_tokens_total"};
constexpr Metric kCost{"claude_code.cost.usage", "USD", "claude_code_cost_usage_USD_total"};
constexpr Metric kSessions{"claude_code.session.count", "", "claude_code_session_count_total"};
constexpr Metric kActiveTime{"claude_code.active_time.total", "s",
                             "claude_code_active_time_seconds_total"};
constexpr Metric kLines{"claude_code.lines_of_code.count", "",
                        "claude_code_lines_of_code_count_total"};
constexpr Metric kCommits{"claude_code.commit.count", "", "claude_code_commit_count_total"};

constexpr std::array<const char*, 3> kModels = {"claude-opus-4-8", "claude-sonnet-5",
                                                "claude-haiku-4-5-20251001"};
constexpr std::array<const char*, 4> kTokenTypes = {"input", "output", "cacheRead",
                                                    "cacheCreation"};

class Random {
 public:
  explicit Random(uint64_t seed) : bits_(seed) {}

  uint64_t Below(uint64_t bound) { return bits_() % bound; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }
  std::string Hex(size_t digits) {
    std::string text;
    while (text.size() < digits) text += "0123456789abcdef"[Below(16)];
    return text;
  }
  std::string Uuid() { return Hex(8) + "-" + Hex(4) + "-" + Hex(4) + "-" + Hex(4) + "-" + Hex(12); }

 private:
  std::mt19937_64 bits_;
};

// How a counter grows: at about one export in `quiet` by 1 to `largest`, in units of `scale`.
struct Growth {
  uint64_t quiet = 1;
  uint64_t largest = 1;
  double scale = 1;
};

// The exports first_ms, first_ms + interval, ... < end_ms from the first event on. At `restart_ms`
// (if it lies between) the counter begins again at 0.
std::vector<Sample> Grow(const Growth& growth, int64_t first_ms, int64_t end_ms,
                         int64_t interval_ms, int64_t restart_ms, Random* random) {
  std::vector<Sample> samples;
  uint64_t total = 0;
  for (int64_t time = first_ms; time < end_ms; time += interval_ms) {
    if (time >= restart_ms && time - interval_ms < restart_ms) total = 0;
    if (random->OneIn(growth.quiet)) total += 1 + random->Below(growth.largest);
    if (total == 0 && samples.empty()) continue;
    samples.push_back({time, static_cast<double>(total) * growth.scale});
  }
  return samples;
}

using Attributes = std::vector<std::pair<std::string, std::string>>;

// Builds the series of one session.
class Session {
 public:
  Session(const DataShape& shape, const std::string& user, Random* random,
          std::vector<GeneratedSeries>* out)
      : shape_(shape), random_(random), out_(out) {
    constexpr int64_t kMinute = 60'000;
    first_ms_ = shape.first_ms + static_cast<int64_t>(random->Below(shape.duration_ms));
    // Most sessions are short: the product of two uniform numbers, up to four hours.
    const uint64_t a = 1 + random->Below(16), b = 1 + random->Below(15);
    end_ms_ = std::min(first_ms_ + static_cast<int64_t>(a * b) * kMinute,
                       shape.first_ms + shape.duration_ms);
    common_ = {{"user.id", user}, {"session.id", random->Uuid()}, {"terminal.type", "xterm"}};
  }

  void AddAll() {
    Add(kSessions, {{"start_type", "fresh"}}, {.quiet = 1, .largest = 1, .scale = 0});
    const size_t first_model = random_->Below(kModels.size());
    const size_t models = 1 + random_->Below(2);
    for (size_t i = 0; i < models; ++i) {
      const std::string model = kModels[(first_model + i) % kModels.size()];
      Add(kCost, {{"model", model}}, {.quiet = 2, .largest = 40'000, .scale = 1e-5});
      for (const char* type : kTokenTypes) {
        Add(kTokens, {{"model", model}, {"type", type}}, {.quiet = 2, .largest = 9'000});
      }
    }
    Add(kActiveTime, {{"type", "cli"}}, {.quiet = 1, .largest = 60'000, .scale = 1e-3});
    Add(kActiveTime, {{"type", "user"}}, {.quiet = 3, .largest = 20'000, .scale = 1e-3});
    Add(kLines, {{"type", "added"}}, {.quiet = 4, .largest = 80});
    Add(kLines, {{"type", "removed"}}, {.quiet = 6, .largest = 30});
    Add(kCommits, {}, {.quiet = 20, .largest = 1});
  }

 private:
  void Add(const Metric& metric, Attributes own, const Growth& growth) {
    GeneratedSeries series{.metric = &metric, .attributes = common_, .start_ms = first_ms_};
    series.attributes.insert(series.attributes.end(), own.begin(), own.end());
    series.samples = Grow(growth, first_ms_, end_ms_, shape_.interval_ms, end_ms_, random_);
    if (&metric == &kSessions) {
      for (Sample& sample : series.samples) sample.value = 1;
    }
    if (!series.samples.empty()) out_->push_back(std::move(series));
  }

  const DataShape& shape_;
  Random* random_;
  std::vector<GeneratedSeries>* out_;
  Attributes common_;
  int64_t first_ms_ = 0;
  int64_t end_ms_ = 0;
};

}  // namespace

Labels GeneratedSeries::PrometheusLabels() const {
  std::vector<Labels::Label> labels = {
      {std::string(kMetricName), std::string(metric->prometheus_name)}, {"job", "claude-code"}};
  for (const auto& [key, value] : attributes) {
    std::string name = key;
    std::replace(name.begin(), name.end(), '.', '_');
    labels.emplace_back(std::move(name), value);
  }
  return Labels(std::move(labels));
}

std::vector<GeneratedSeries> SessionSeries(size_t sessions, const DataShape& shape) {
  Random random(shape.seed);
  std::vector<std::string> users(20);
  for (std::string& user : users) user = random.Hex(64);
  std::vector<GeneratedSeries> series;
  for (size_t i = 0; i < sessions; ++i) {
    Session(shape, users[random.Below(users.size())], &random, &series).AddAll();
  }
  return series;
}

std::vector<GeneratedSeries> DenseSeries(size_t count, const DataShape& shape) {
  constexpr size_t kExporters = 10;
  Random random(shape.seed);
  std::vector<int64_t> phases(kExporters), restarts(kExporters);
  for (size_t i = 0; i < kExporters; ++i) {
    phases[i] = static_cast<int64_t>(random.Below(shape.interval_ms));
    restarts[i] = shape.first_ms + static_cast<int64_t>(random.Below(shape.duration_ms));
  }
  std::vector<GeneratedSeries> series(count);
  for (size_t i = 0; i < count; ++i) {
    const size_t exporter = i % kExporters;
    const size_t within = i / kExporters;
    char user[32];
    std::snprintf(user, sizeof(user), "user-%05zu", within / (kTokenTypes.size() * 2));
    series[i].metric = &kTokens;
    series[i].attributes = {{"service.instance", "host-" + std::to_string(exporter)},
                            {"user.id", user},
                            {"model", kModels[within / kTokenTypes.size() % 2]},
                            {"type", kTokenTypes[within % kTokenTypes.size()]}};
    series[i].start_ms = shape.first_ms;
    series[i].samples =
        Grow({.quiet = 3, .largest = 9'000}, shape.first_ms + phases[exporter],
             shape.first_ms + shape.duration_ms, shape.interval_ms, restarts[exporter], &random);
  }
  return series;
}

size_t CountSamples(const std::vector<GeneratedSeries>& series) {
  size_t samples = 0;
  for (const GeneratedSeries& one : series) samples += one.samples.size();
  return samples;
}

}  // namespace promlite::bench
