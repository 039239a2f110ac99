#ifndef PROMLITE_TESTS_STORAGE_METRICS_HEAD_BUILDER_H_
#define PROMLITE_TESTS_STORAGE_METRICS_HEAD_BUILDER_H_

#include <limits>
#include <span>
#include <vector>

#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/head.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {

inline StreamId AddStream(Appender* appender, const Labels& labels, int64_t start_ns = 0) {
  std::vector<LabelView> views(labels.begin(), labels.end());
  return appender->Stream(views, start_ns);
}

// Samples of one stream in one request.
inline void Add(Head* head, const Labels& labels, std::span<const Sample> samples,
                int64_t start_ns = 0) {
  auto appender = head->StartAppend();
  const StreamId stream = AddStream(appender.get(), labels, start_ns);
  for (const Sample& sample : samples) appender->Append(stream, sample.timestamp_ms, sample.value);
  appender->Commit(Appender::Publish::kNow);
}

inline void Add(Head* head, const Labels& labels, const std::vector<Sample>& samples,
                int64_t start_ns = 0) {
  Add(head, labels, std::span<const Sample>(samples), start_ns);
}

inline SamplesView ReadAll(const Snapshot& snapshot, SeriesId id, SampleBuffer* buffer,
                           Snapshot::StartTimes start_times = Snapshot::StartTimes::kSkip) {
  return snapshot.Read(id, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(),
                       start_times, buffer);
}

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_METRICS_HEAD_BUILDER_H_
