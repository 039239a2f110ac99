#include "promlite/storage/remote_write/ingester.h"

#include <snappy.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/utf8.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/otlp/wire/protobuf_field.h"
#include "promlite/storage/remote_write/remote_histogram.h"

namespace promlite::internal {
namespace {

constexpr size_t kMaxRequestBytes = size_t{64} << 20;
// A snappy copy makes at most 64 bytes of three: a greater promise is not kept.
constexpr size_t kMaxSnappyRatio = 32;
constexpr size_t kMaxLabels = 10000;

constexpr std::array<std::string_view, 8> kMetadataTypes = {
    "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"};

absl::Status Damaged() { return absl::InvalidArgumentError("the protobuf message is damaged"); }

std::string Quoted(std::string_view text) {
  return absl::StrCat("\"", absl::CHexEscape(Absl(text)), "\"");
}

// Reads the series of one request, one after another.
class SeriesReader {
 public:
  explicit SeriesReader(Appender* appender) : appender_(appender) {}

  absl::Status Read(std::string_view series) {
    if (absl::Status status = ReadLabels(series); !status.ok()) return status;
    std::optional<StreamId> stream;
    ProtobufField field;
    while (!series.empty()) {
      if (!TakeProtobufField(&series, &field)) return Damaged();
      if (!field.IsBytes(kSamples) && !field.IsBytes(kHistograms)) continue;
      if (!stream.has_value()) stream = appender_->Stream(labels_, 0);
      absl::Status status = field.number == kSamples ? AppendSample(field.bytes, *stream)
                                                     : AppendHistogram(field.bytes, *stream);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  enum : uint32_t { kLabels = 1, kSamples = 2, kHistograms = 4 };

  absl::Status ReadLabels(std::string_view series) {
    labels_.clear();
    ProtobufField field;
    while (!series.empty()) {
      if (!TakeProtobufField(&series, &field)) return Damaged();
      if (!field.IsBytes(kLabels)) continue;
      if (absl::Status status = ReadLabel(field.bytes); !status.ok()) return status;
    }
    std::sort(labels_.begin(), labels_.end());
    const auto same = std::adjacent_find(
        labels_.begin(), labels_.end(),
        [](const LabelView& a, const LabelView& b) { return a.first == b.first; });
    if (same != labels_.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat("the label name ", Quoted(same->first), " is not unique"));
    }
    std::erase_if(labels_, [](const LabelView& label) { return label.second.empty(); });
    const bool named = std::any_of(labels_.begin(), labels_.end(), [](const LabelView& label) {
      return label.first == kMetricName;
    });
    return named ? absl::OkStatus() : absl::InvalidArgumentError("the metric name is missing");
  }

  absl::Status ReadLabel(std::string_view message) {
    LabelView label;
    ProtobufField field;
    while (!message.empty()) {
      if (!TakeProtobufField(&message, &field)) return Damaged();
      if (field.IsBytes(1)) label.first = field.bytes;
      if (field.IsBytes(2)) label.second = field.bytes;
    }
    if (label.first.empty()) return absl::InvalidArgumentError("a label has no name");
    if (!IsValidUtf8(label.first) || !IsValidUtf8(label.second)) {
      return absl::InvalidArgumentError(
          absl::StrCat("the label ", Quoted(label.first), " is not valid UTF-8"));
    }
    if (labels_.size() == kMaxLabels) {
      return absl::InvalidArgumentError(absl::StrCat("more than ", kMaxLabels, " labels"));
    }
    labels_.push_back(label);
    return absl::OkStatus();
  }

  absl::Status AppendSample(std::string_view message, StreamId stream) {
    double value = 0;
    int64_t timestamp_ms = 0;
    ProtobufField field;
    while (!message.empty()) {
      if (!TakeProtobufField(&message, &field)) return Damaged();
      if (field.IsFixed64(1)) value = field.AsDouble();
      if (field.IsVarint(2)) timestamp_ms = static_cast<int64_t>(field.varint);
    }
    if (IsStalenessMarker(value)) {
      appender_->AppendStalenessMarker(stream, timestamp_ms);
    } else {
      appender_->Append(stream, timestamp_ms, value);
    }
    return absl::OkStatus();
  }

  absl::Status AppendHistogram(std::string_view message, StreamId stream) {
    const absl::StatusOr<RemoteHistogram> read = ReadRemoteHistogram(message);
    if (!read.ok()) return read.status();
    appender_->AppendHistogram(stream, read->timestamp_ms, read->histogram);
    return absl::OkStatus();
  }

  Appender* const appender_;
  std::vector<LabelView> labels_;
};

absl::Status ReadMetadata(std::string_view message, Appender* appender) {
  MetricMetadata metadata;
  std::string_view family;
  uint64_t type = 0;
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field)) return Damaged();
    if (field.IsVarint(1)) type = field.varint;
    if (field.IsBytes(2)) family = field.bytes;
    if (field.IsBytes(4)) metadata.help = std::string(field.bytes);
    if (field.IsBytes(5)) metadata.unit = std::string(field.bytes);
  }
  if (family.empty()) return absl::OkStatus();
  if (!IsValidUtf8(family) || !IsValidUtf8(metadata.help) || !IsValidUtf8(metadata.unit)) {
    return absl::InvalidArgumentError("not valid UTF-8");
  }
  metadata.type = std::string(kMetadataTypes[type < kMetadataTypes.size() ? type : 0]);
  appender->SetMetadata(family, metadata);
  return absl::OkStatus();
}

absl::Status Uncompress(std::string_view body, std::string* request) {
  size_t size = 0;
  if (!snappy::GetUncompressedLength(body.data(), body.size(), &size) ||
      size / kMaxSnappyRatio > body.size()) {
    return absl::InvalidArgumentError("remote write: the body is not in snappy's block format");
  }
  if (size > kMaxRequestBytes) {
    return absl::InvalidArgumentError(absl::StrCat("remote write: a request of ", size,
                                                   " bytes is too large; the limit is ",
                                                   kMaxRequestBytes));
  }
  if (!snappy::Uncompress(body.data(), body.size(), request)) {
    return absl::InvalidArgumentError("remote write: the body is not in snappy's block format");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status IngestRemoteWrite(std::string_view body, Appender* appender) {
  enum : uint32_t { kTimeSeries = 1, kMetadata = 3, kSymbols2 = 4, kTimeSeries2 = 5 };
  std::string bytes;
  if (absl::Status status = Uncompress(body, &bytes); !status.ok()) return status;
  SeriesReader reader(appender);
  size_t series = 0;
  std::string_view rest = bytes;
  ProtobufField field;
  while (!rest.empty()) {
    if (!TakeProtobufField(&rest, &field)) {
      return absl::InvalidArgumentError("remote write: the body does not hold a WriteRequest");
    }
    absl::Status status;
    std::string where;
    if (field.IsBytes(kTimeSeries)) {
      ++series;
      status = reader.Read(field.bytes);
      if (!status.ok()) where = absl::StrCat("series ", series);
    } else if (field.IsBytes(kMetadata)) {
      status = ReadMetadata(field.bytes, appender);
      where = "metadata";
    } else if (field.IsBytes(kSymbols2) || field.IsBytes(kTimeSeries2)) {
      return absl::InvalidArgumentError("remote write: version 2.0 is not supported, 1.0 is");
    }
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("remote write: ", where, ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

}  // namespace promlite::internal
