#ifndef PROMLITE_ENGINE_ANSWER_QUERY_RESULT_H_
#define PROMLITE_ENGINE_ANSWER_QUERY_RESULT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "promlite/parser/promql/value_type.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/histograms/histogram.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite {

// One series of a result. An instant vector's series have one sample each.
struct ResultSeries {
  Labels labels;
  std::vector<Sample> samples;
  std::vector<HistogramPoint> histograms;
};

// The answer to a query, owning everything it holds.
struct QueryResult {
  // kScalar, kString, kVector (instant queries) or kMatrix (range queries, and instant queries of a
  // range vector).
  promql::ValueType type = promql::ValueType::kNone;

  // kVector, kMatrix. A matrix is sorted by labels, the samples of a series by time. A vector is in
  // order of evaluation: what sort(), topk() or bottomk() last ordered, else by labels.
  std::vector<ResultSeries> series;
  Sample scalar;             // kScalar
  std::string string;        // kString
  int64_t timestamp_ms = 0;  // kString: when it was evaluated

  // Complete annotations, "PromQL warning: ..." and "PromQL info: ...", each with its place in the
  // query. In no order of meaning.
  std::vector<std::string> warnings;
  std::vector<std::string> infos;
};

}  // namespace promlite

#endif  // PROMLITE_ENGINE_ANSWER_QUERY_RESULT_H_
