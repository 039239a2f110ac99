#ifndef PROMLITE_STORAGE_REMOTE_WRITE_SERIES_READER_H_
#define PROMLITE_STORAGE_REMOTE_WRITE_SERIES_READER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/machine/ids.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/wire/protobuf_field.h"

namespace promlite::internal {

// Appends the series of one remote-write request, one after another. Errors do not name the series.
class SeriesReader {
 public:
  explicit SeriesReader(Appender* appender) : appender_(appender) {}

  // A TimeSeries of version 1.0.
  absl::Status Read1(std::string_view series);
  // One of version 2.0, whose labels are numbers of symbols.
  absl::Status Read2(std::string_view series, std::span<const std::string_view> symbols);

 private:
  // Which field of a TimeSeries holds what.
  struct Fields {
    uint32_t samples;
    uint32_t histograms;
  };

  absl::Status ReadLabels1(std::string_view series);
  absl::Status ReadLabel1(std::string_view message);
  absl::Status ReadLabels2(std::string_view series, std::span<const std::string_view> symbols);
  absl::Status AddLabel(LabelView label);
  absl::Status FinishLabels();
  absl::Status AppendAll(std::string_view series, Fields fields);
  absl::Status AppendSample(std::string_view message);
  absl::Status AppendHistogram(std::string_view message);
  absl::Status ReadMetadata2(std::string_view message, std::span<const std::string_view> symbols);
  StreamId StreamOf(int64_t start_ms);

  Appender* const appender_;
  std::vector<LabelView> labels_;
  int64_t created_ms_ = 0;  // the series' own start, where samples tell none; 0 = not known
  std::optional<StreamId> stream_;
  int64_t stream_start_ms_ = 0;
};

// The name of a type of metrics by its number, which is the same in both versions.
std::string RemoteWriteMetricType(uint64_t number);
absl::Status DamagedRemoteWriteMessage();

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_REMOTE_WRITE_SERIES_READER_H_
