#include "promlite/tests/random_queries/random_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "promlite/storage/metrics/sample.h"
#include "promlite/tests/random_queries/random.h"

namespace promlite::random_queries {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

enum class Shape { kCounter, kWholeCounter, kFractions, kWhole, kHuge, kFewValues, kSpecial };

class DataMaker {
 public:
  DataMaker(uint64_t seed, const RandomDataOptions& options) : random_(seed), options_(options) {
    for (int i = 0; i < 3; ++i) clocks_.push_back(Clock());
  }

  std::vector<StoredSeries> Make() {
    AddFamily("requests_total", random_.OneIn(2) ? Shape::kCounter : Shape::kWholeCounter, 9);
    AddFamily("errors_total", Shape::kWholeCounter, 5);
    AddFamily("temperature", random_.OneIn(3) ? Shape::kHuge : Shape::kFractions, 6);
    AddFamily("queue", random_.OneIn(2) ? Shape::kWhole : Shape::kFewValues, 6);
    AddFamily("odd", Shape::kSpecial, 4);
    for (int i = 0; i < 2; ++i) AddClassicHistogram(i);
    if (options_.native_histograms) AddNativeHistograms();
    std::sort(data_.begin(), data_.end(),
              [](const StoredSeries& a, const StoredSeries& b) { return a.labels < b.labels; });
    return std::move(data_);
  }

 private:
  std::vector<int64_t> Clock() {
    std::vector<int64_t> times;
    const int64_t interval = random_.Of<int64_t>({15'000, 30'000, 60'000, 20'000});
    const bool regular = !random_.OneIn(3);
    int64_t time = options_.first_ms + static_cast<int64_t>(random_.Below(60)) * 1000;
    if (random_.OneIn(3)) time += static_cast<int64_t>(random_.Below(1000));
    while (time < options_.first_ms + options_.length_ms) {
      times.push_back(time);
      time += regular ? interval : 1 + static_cast<int64_t>(random_.Below(2 * interval));
      if (random_.OneIn(40)) time += static_cast<int64_t>(random_.Below(600'000));
    }
    return times;
  }

  // A piece of a shared clock, or a clock of its own; some samples are missing.
  std::vector<int64_t> Times() {
    const std::vector<int64_t> clock = random_.OneIn(3) ? Clock() : random_.Of(clocks_);
    const size_t first = random_.OneIn(2) ? 0 : random_.Below(clock.size());
    const size_t last =
        random_.OneIn(2) ? clock.size() : first + random_.Below(clock.size() - first);
    std::vector<int64_t> times;
    for (size_t i = first; i < last; ++i) {
      if (!random_.OneIn(25)) times.push_back(clock[i]);
    }
    return times;
  }

  double Value(Shape shape, double previous) {
    switch (shape) {
      case Shape::kCounter:
        return random_.OneIn(20) ? random_.Fraction() * 5 : previous + random_.Fraction() * 100;
      case Shape::kWholeCounter:
        if (random_.OneIn(30)) return static_cast<double>(random_.Below(5));
        return previous + (random_.OneIn(2) ? 0.0 : static_cast<double>(random_.Below(9)));
      case Shape::kFractions:
        return random_.Fraction() * 200 - 100;
      case Shape::kWhole:
        return static_cast<double>(random_.Below(2'000'000)) - 1'000'000;
      case Shape::kHuge:
        return (random_.Fraction() - 0.5) * (random_.OneIn(3) ? 1.79e308 : 1e16) * 2;
      case Shape::kFewValues:
        return random_.OneIn(4) ? -0.0 : static_cast<double>(random_.Below(4)) - 1;
      case Shape::kSpecial:
        break;
    }
    return random_.Of<double>({kNaN, kInfinity, -kInfinity, 5e-324, 1, -2.5, 0, 1e300, 3, 3});
  }

  // start_ms: unknown, that of one restart or of several, or what no exporter should send.
  int64_t StartTime(int64_t time, int64_t previous_start, bool fell) {
    if (random_.OneIn(25)) return random_.Of<int64_t>({0, time, time + 5, time - 100'000});
    if (fell || previous_start == 0) return time - 1 - static_cast<int64_t>(random_.Below(20'000));
    return previous_start;
  }

  std::vector<StoredSample> Samples(Shape shape, const std::vector<int64_t>& times) {
    std::vector<StoredSample> samples;
    const bool knows_start = options_.start_times && !random_.OneIn(3);
    double value = random_.OneIn(2) ? 0 : static_cast<double>(random_.Below(100));
    int64_t start = 0;
    for (const int64_t time : times) {
      if (random_.OneIn(60)) {
        samples.push_back({time, StalenessMarker(), start});
        continue;
      }
      const double next = Value(shape, value);
      if (knows_start) start = StartTime(time, start, next < value);
      value = next;
      samples.push_back({time, value, start});
    }
    return samples;
  }

  void Add(std::vector<Labels::Label> labels, std::vector<StoredSample> samples) {
    StoredSeries series{Labels(std::move(labels)), std::move(samples), {}};
    const bool known = std::any_of(data_.begin(), data_.end(), [&](const StoredSeries& other) {
      return other.labels == series.labels;
    });
    if (!known && !series.samples.empty()) data_.push_back(std::move(series));
  }

  std::vector<Labels::Label> SomeLabels(const std::string& metric) {
    std::vector<Labels::Label> labels = {{"__name__", metric}};
    labels.emplace_back("job", random_.Of<std::string>({"api", "web"}));
    labels.emplace_back("instance", random_.Of<std::string>({"0", "1", "2"}));
    if (random_.OneIn(2)) labels.emplace_back("zone", random_.Of<std::string>({"a", "b"}));
    if (options_.type_and_unit && random_.OneIn(6)) {
      labels.emplace_back("__type__", random_.Of<std::string>({"counter", "gauge"}));
    }
    if (options_.type_and_unit && random_.OneIn(8)) labels.emplace_back("__unit__", "seconds");
    return labels;
  }

  void AddFamily(const std::string& metric, Shape shape, int series) {
    for (int i = 0; i < series; ++i) Add(SomeLabels(metric), Samples(shape, Times()));
  }

  // Buckets that rise together, but for one that does not or one that is missing now and then.
  void AddClassicHistogram(int instance) {
    const std::vector<int64_t> times = Times();
    const std::vector<std::string> bounds = {"0.1", "1.0", "5", "10.0", "+Inf"};
    std::vector<double> counts(bounds.size());
    std::vector<std::vector<StoredSample>> samples(bounds.size());
    for (const int64_t time : times) {
      double added = 0;
      for (size_t i = 0; i < bounds.size(); ++i) {
        added += static_cast<double>(random_.Below(4));
        counts[i] += added;
        if (random_.OneIn(40)) counts[i] -= 2;
        if (!random_.OneIn(30)) samples[i].push_back({time, counts[i], 0});
      }
    }
    for (size_t i = 0; i < bounds.size(); ++i) {
      if (random_.OneIn(12)) continue;
      Add({{"__name__", "latency_bucket"},
           {"job", "api"},
           {"instance", std::to_string(instance)},
           {"le", random_.OneIn(20) ? "many" : bounds[i]}},
          samples[i]);
    }
  }

  void AddNativeHistograms() {
    for (int i = 0; i < 4; ++i) {
      StoredSeries series;
      series.labels = Labels(SomeLabels("sizes"));
      const bool custom = random_.OneIn(4);
      Histogram histogram;
      histogram.schema =
          custom ? Histogram::kCustomBucketsSchema : static_cast<int32_t>(random_.Below(4));
      if (custom) histogram.custom_bounds = {1, 2, 5, 10};
      for (const int64_t time : Times()) {
        if (random_.OneIn(20)) {
          histogram.positive.clear();
          histogram.count = histogram.sum = 0;
        }
        Observe(&histogram);
        series.histograms.push_back({time, std::make_shared<Histogram>(histogram)});
      }
      const bool known = std::any_of(data_.begin(), data_.end(), [&](const StoredSeries& other) {
        return other.labels == series.labels;
      });
      if (!known && !series.histograms.empty()) data_.push_back(std::move(series));
    }
  }

  void Observe(Histogram* histogram) {
    const auto index = static_cast<int32_t>(random_.Below(5));
    const auto count = static_cast<double>(1 + random_.Below(3));
    histogram->count += count;
    histogram->sum += count * static_cast<double>(index + 1);
    auto bucket = std::find_if(histogram->positive.begin(), histogram->positive.end(),
                               [&](const HistogramBucket& b) { return b.index >= index; });
    if (bucket == histogram->positive.end() || bucket->index != index) {
      bucket = histogram->positive.insert(bucket, {index, 0});
    }
    bucket->count += count;
  }

  Random random_;
  const RandomDataOptions options_;
  std::vector<std::vector<int64_t>> clocks_;
  std::vector<StoredSeries> data_;
};

// Samples [first, last) of a series, each to the stream of its start time.
absl::Status AppendSamples(const StoredSeries& series, size_t first, size_t last,
                           Database* database) {
  while (first < last) {
    const int64_t start = series.samples[first].start_ms;
    std::vector<Sample> samples;
    for (; first < last && series.samples[first].start_ms == start; ++first) {
      samples.push_back({series.samples[first].timestamp_ms, series.samples[first].value});
    }
    absl::Status status = database->Append(series.labels, samples, absl::FromUnixMillis(start));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status AppendHistograms(const StoredSeries& series, size_t first, size_t last,
                              Database* database) {
  last = std::min(last, series.histograms.size());
  if (first >= last) return absl::OkStatus();
  return database->AppendHistograms(series.labels,
                                    std::span(series.histograms).subspan(first, last - first));
}

absl::Status AppendBoth(const StoredSeries& series, size_t first, size_t last, Database* database) {
  absl::Status status =
      AppendSamples(series, first, std::min(last, series.samples.size()), database);
  if (!status.ok()) return status;
  return AppendHistograms(series, first, last, database);
}

size_t SizeOf(const StoredSeries& series) {
  return std::max(series.samples.size(), series.histograms.size());
}

}  // namespace

std::vector<StoredSeries> RandomData(uint64_t seed, const RandomDataOptions& options) {
  return DataMaker(seed, options).Make();
}

absl::Status Load(const std::vector<StoredSeries>& data, LoadOrder order, Database* database) {
  constexpr size_t kPiece = 7;
  size_t longest = 0;
  for (const StoredSeries& series : data) longest = std::max(longest, SizeOf(series));
  std::vector<absl::Status> statuses;
  switch (order) {
    case LoadOrder::kSeriesBySeries:
      for (const StoredSeries& series : data) {
        statuses.push_back(AppendBoth(series, 0, SizeOf(series), database));
      }
      break;
    case LoadOrder::kBackwards:
      for (auto series = data.rbegin(); series != data.rend(); ++series) {
        const size_t size = SizeOf(*series);
        statuses.push_back(AppendBoth(*series, size / 2, size, database));
        statuses.push_back(AppendBoth(*series, 0, size / 2, database));
      }
      break;
    case LoadOrder::kInterleaved:
      for (size_t first = 0; first < longest; first += kPiece) {
        for (const StoredSeries& series : data) {
          statuses.push_back(AppendBoth(series, first, first + kPiece, database));
        }
      }
      break;
  }
  for (const absl::Status& status : statuses) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace promlite::random_queries
