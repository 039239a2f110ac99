#include "promlite/engine/promql/operators/leaves/histogram_statistics.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::promql::internal {
namespace {

// A sample of a series on the reader's way; a number has no histogram.
struct Place {
  int64_t time_ms = 0;
  HistogramSample* histogram = nullptr;
};

std::vector<Place> PlacesOf(std::span<const int64_t> other_times,
                            std::vector<HistogramSample>* histograms) {
  std::vector<Place> places;
  places.reserve(other_times.size() + histograms->size());
  for (const int64_t time : other_times) places.push_back({time, nullptr});
  for (HistogramSample& sample : *histograms) places.push_back({sample.timestamp_ms, &sample});
  std::inplace_merge(places.begin(), places.begin() + static_cast<ptrdiff_t>(other_times.size()),
                     places.end(),
                     [](const Place& a, const Place& b) { return a.time_ms < b.time_ms; });
  return places;
}

CounterResetHint HintAfter(const Histogram* before, const Histogram& histogram) {
  if (histogram.hint != CounterResetHint::kUnknown || before == nullptr) return histogram.hint;
  return DetectReset(histogram, *before) ? CounterResetHint::kReset : CounterResetHint::kNotReset;
}

std::shared_ptr<const Histogram> StatisticsOf(const Histogram& histogram, CounterResetHint hint) {
  auto statistics = std::make_shared<Histogram>();
  statistics->hint = hint;
  statistics->schema = histogram.schema;
  statistics->count = histogram.count;
  statistics->sum = histogram.sum;
  return statistics;
}

// Reads every sample once, in order.
class Reader {
 public:
  explicit Reader(std::vector<Place> places) : places_(std::move(places)) {}

  bool AtEnd() const { return next_ == places_.size(); }

  // Moves on to the first sample at `time_ms` or later.
  void Seek(int64_t time_ms, int64_t reach_ms) {
    const int64_t leap_to = SubtractMilliseconds(time_ms, reach_ms);
    if (!AtEnd() && leap_to > places_[next_].time_ms) {
      while (!AtEnd() && places_[next_].time_ms < leap_to) ++next_;
      before_ = nullptr;
    }
    while (!AtEnd() && places_[next_].time_ms < time_ms) {
      Read(next_);
      ++next_;
    }
    if (!AtEnd()) Read(next_);
  }

 private:
  void Read(size_t place) {
    HistogramSample* const sample = places_[place].histogram;
    places_[place].histogram = nullptr;
    if (sample == nullptr || sample->histogram->IsStalenessMarker()) return;
    std::shared_ptr<const Histogram> read = std::move(sample->histogram);
    sample->histogram = StatisticsOf(*read, HintAfter(before_.get(), *read));
    before_ = std::move(read);
  }

  std::vector<Place> places_;
  size_t next_ = 0;
  std::shared_ptr<const Histogram> before_;
};

}  // namespace

void KeepStatistics(const ReadingOrder& order, std::span<const int64_t> other_times,
                    std::vector<HistogramSample>* histograms) {
  Reader reader(PlacesOf(other_times, histograms));
  for (size_t step = 0; step < order.reference.steps && !reader.AtEnd(); ++step) {
    reader.Seek(order.reference.at(step), step == 0 ? order.first_reach_ms : order.reach_ms);
    if (order.reference.step_ms == 0) break;
  }
}

}  // namespace promlite::promql::internal
