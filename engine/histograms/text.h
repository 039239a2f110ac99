#ifndef PROMLITE_ENGINE_HISTOGRAMS_TEXT_H_
#define PROMLITE_ENGINE_HISTOGRAMS_TEXT_H_

#include <string>

#include "promlite/parser/text/export.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite {

// A histogram as Prometheus writes it in text, populated buckets from the lowest to the highest:
// "{count:20, sum:10, [-2,-1):2, [-0.5,0.5]:3, (1,2]:4}".
PROMLITE_EXPORT std::string HistogramText(const Histogram& histogram);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_HISTOGRAMS_TEXT_H_
