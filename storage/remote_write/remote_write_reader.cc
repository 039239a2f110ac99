#include "promlite/storage/remote_write/remote_write_reader.h"

#include <snappy.h>

#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "promlite/storage/absl_compat.h"
#include "promlite/storage/staleness.h"
#include "remote_write.pb.h"

namespace promlite::internal {
namespace {

constexpr size_t kMaxRequestBytes = size_t{256} << 20;
// A snappy copy makes at most 64 bytes of three: a greater promise is not kept.
constexpr size_t kMaxSnappyRatio = 32;

constexpr std::array<std::string_view, 8> kTypes = {
    "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"};

bool IsStructurallyValidUtf8(std::string_view text);

absl::Status CheckLabels(const remote_write::TimeSeries& series, std::vector<LabelView>* labels) {
  labels->clear();
  bool has_name = false;
  const std::string* previous = nullptr;
  for (const remote_write::Label& label : series.labels()) {
    if (label.name().empty()) {
      return absl::InvalidArgumentError("a label has an empty name");
    }
    if (!IsStructurallyValidUtf8(label.name()) || !IsStructurallyValidUtf8(label.value())) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the label \"", absl::CHexEscape(label.name()), "\" is not valid UTF-8"));
    }
    if (previous != nullptr && *previous == label.name()) {
      return absl::InvalidArgumentError(
          absl::StrCat("the label name \"", label.name(), "\" is not unique"));
    }
    if (previous != nullptr && *previous > label.name()) {
      return absl::InvalidArgumentError(absl::StrCat("the labels are not sorted: \"", label.name(),
                                                     "\" comes after \"", *previous, "\""));
    }
    previous = &label.name();
    if (label.value().empty()) continue;
    has_name = has_name || label.name() == kMetricName;
    labels->emplace_back(label.name(), label.value());
  }
  if (!has_name) return absl::InvalidArgumentError("a series has no metric name");
  return absl::OkStatus();
}

// Shortest forms only, no surrogates, at most U+10FFFF.
bool IsStructurallyValidUtf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || i + size > text.size()) return false;
    uint32_t rune = lead & (0x7f >> size);
    for (size_t k = 1; k < size; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      if ((byte & 0xc0) != 0x80) return false;
      rune = rune << 6 | (byte & 0x3f);
    }
    constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (rune < kSmallest[size] || rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) {
      return false;
    }
    i += size;
  }
  return true;
}

absl::Status AppendSeries(const remote_write::TimeSeries& series, Appender* appender,
                          std::vector<LabelView>* labels) {
  if (absl::Status status = CheckLabels(series, labels); !status.ok()) return status;
  if (series.histograms_size() > 0) {
    return absl::InvalidArgumentError("native histograms in remote write are not supported");
  }
  if (series.samples_size() == 0) return absl::OkStatus();
  const StreamId stream = appender->Stream(*labels, 0);
  for (const remote_write::Sample& sample : series.samples()) {
    const double value = sample.value();
    if (IsStalenessMarker(value)) {
      appender->AppendStalenessMarker(stream, sample.timestamp());
    } else {
      appender->Append(stream, sample.timestamp(), value);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadRemoteWrite(std::string_view body, Appender* appender) {
  size_t size = 0;
  std::string bytes;
  if (!snappy::GetUncompressedLength(body.data(), body.size(), &size) ||
      size > kMaxRequestBytes || size / kMaxSnappyRatio > body.size() ||
      !snappy::Uncompress(body.data(), body.size(), &bytes)) {
    return absl::InvalidArgumentError("remote write: the body is not snappy's block format");
  }
  remote_write::WriteRequest request;
  if (!request.ParseFromString(bytes)) {
    return absl::InvalidArgumentError("remote write: the body does not hold a WriteRequest");
  }
  std::vector<LabelView> labels;
  for (int i = 0; i < request.timeseries_size(); ++i) {
    absl::Status status = AppendSeries(request.timeseries(i), appender, &labels);
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("remote write: series ", i + 1, ": ", status.message()));
    }
  }
  for (const remote_write::MetricMetadata& metadata : request.metadata()) {
    if (metadata.metric_family_name().empty()) continue;
    const auto type = static_cast<size_t>(metadata.type());
    appender->SetMetadata(metadata.metric_family_name(),
                          {std::string(type < kTypes.size() ? kTypes[type] : kTypes[0]),
                           metadata.unit(), metadata.help()});
  }
  return absl::OkStatus();
}

}  // namespace promlite::internal
