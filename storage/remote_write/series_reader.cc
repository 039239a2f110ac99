#include "promlite/storage/remote_write/series_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/parser/text/utf8.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/remote_write/remote_histogram.h"

namespace promlite::internal {
namespace {

constexpr size_t kMaxLabels = 10000;

std::string Quoted(std::string_view text) {
  return absl::StrCat("\"", absl::CHexEscape(Absl(text)), "\"");
}

// Appends the numbers of a repeated field, packed or not.
bool ReadNumbers(const ProtobufField& field, std::vector<uint64_t>* numbers) {
  if (field.wire_type == ProtobufField::kVarint) {
    numbers->push_back(field.varint);
    return true;
  }
  std::string_view packed = field.bytes;
  while (!packed.empty()) {
    uint64_t number = 0;
    if (numbers->size() > 2 * kMaxLabels || !TakeProtobufVarint(&packed, &number)) return false;
    numbers->push_back(number);
  }
  return true;
}

absl::StatusOr<std::string_view> SymbolAt(std::span<const std::string_view> symbols,
                                          uint64_t number) {
  if (number < symbols.size()) return symbols[number];
  return absl::InvalidArgumentError(
      absl::StrCat("symbol ", number, " is used, and there are ", symbols.size()));
}

// The metric that a series of a histogram or summary belongs to.
std::string_view FamilyOf(std::string_view name, std::string_view type) {
  if (type != "histogram" && type != "summary") return name;
  for (const std::string_view suffix : {"_bucket", "_count", "_sum"}) {
    if (name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
  }
  return name;
}

}  // namespace

absl::Status DamagedRemoteWriteMessage() {
  return absl::InvalidArgumentError("the protobuf message is damaged");
}

std::string RemoteWriteMetricType(uint64_t number) {
  constexpr std::array<std::string_view, 8> kTypes = {
      "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"};
  return std::string(kTypes[number < kTypes.size() ? number : 0]);
}

absl::Status SeriesReader::Read1(std::string_view series) {
  created_ms_ = 0;
  if (absl::Status status = ReadLabels1(series); !status.ok()) return status;
  return AppendAll(series, {.samples = 2, .histograms = 4});
}

absl::Status SeriesReader::Read2(std::string_view series,
                                 std::span<const std::string_view> symbols) {
  created_ms_ = 0;
  if (absl::Status status = ReadLabels2(series, symbols); !status.ok()) return status;
  std::string_view rest = series;
  ProtobufField field;
  while (!rest.empty()) {
    if (!TakeProtobufField(&rest, &field)) return DamagedRemoteWriteMessage();
    if (field.IsVarint(6)) created_ms_ = static_cast<int64_t>(field.varint);
    if (!field.IsBytes(5)) continue;
    if (absl::Status status = ReadMetadata2(field.bytes, symbols); !status.ok()) return status;
  }
  return AppendAll(series, {.samples = 2, .histograms = 3});
}

absl::Status SeriesReader::ReadLabels1(std::string_view series) {
  labels_.clear();
  ProtobufField field;
  while (!series.empty()) {
    if (!TakeProtobufField(&series, &field)) return DamagedRemoteWriteMessage();
    if (!field.IsBytes(1)) continue;
    if (absl::Status status = ReadLabel1(field.bytes); !status.ok()) return status;
  }
  return FinishLabels();
}

absl::Status SeriesReader::ReadLabel1(std::string_view message) {
  LabelView label;
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field)) return DamagedRemoteWriteMessage();
    if (field.IsBytes(1)) label.first = field.bytes;
    if (field.IsBytes(2)) label.second = field.bytes;
  }
  return AddLabel(label);
}

absl::Status SeriesReader::ReadLabels2(std::string_view series,
                                       std::span<const std::string_view> symbols) {
  labels_.clear();
  std::vector<uint64_t> numbers;
  ProtobufField field;
  while (!series.empty()) {
    if (!TakeProtobufField(&series, &field)) return DamagedRemoteWriteMessage();
    if (field.number != 1) continue;
    if (!ReadNumbers(field, &numbers)) return DamagedRemoteWriteMessage();
  }
  if (numbers.size() % 2 != 0) return absl::InvalidArgumentError("a label has no value");
  for (size_t i = 0; i < numbers.size(); i += 2) {
    const absl::StatusOr<std::string_view> name = SymbolAt(symbols, numbers[i]);
    const absl::StatusOr<std::string_view> value = SymbolAt(symbols, numbers[i + 1]);
    if (!name.ok()) return name.status();
    if (!value.ok()) return value.status();
    if (absl::Status status = AddLabel({*name, *value}); !status.ok()) return status;
  }
  return FinishLabels();
}

absl::Status SeriesReader::AddLabel(LabelView label) {
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

absl::Status SeriesReader::FinishLabels() {
  std::sort(labels_.begin(), labels_.end());
  if (const auto name = RepeatedLabelName(labels_)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the label name ", Quoted(*name), " is not unique"));
  }
  std::erase_if(labels_, [](const LabelView& label) { return label.second.empty(); });
  const bool named = std::any_of(labels_.begin(), labels_.end(),
                                 [](const LabelView& label) { return label.first == kMetricName; });
  return named ? absl::OkStatus() : absl::InvalidArgumentError("the metric name is missing");
}

absl::Status SeriesReader::AppendAll(std::string_view series, Fields fields) {
  stream_.reset();
  ProtobufField field;
  while (!series.empty()) {
    if (!TakeProtobufField(&series, &field)) return DamagedRemoteWriteMessage();
    absl::Status status;
    if (field.IsBytes(fields.samples)) status = AppendSample(field.bytes);
    if (field.IsBytes(fields.histograms)) status = AppendHistogram(field.bytes);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// A start is kept as it was sent, behind the sample too, as Prometheus stores it.
StreamId SeriesReader::StreamOf(int64_t start_ms) {
  constexpr int64_t kLatestStart = std::numeric_limits<int64_t>::max() / kNanosecondsPerMillisecond;
  if (start_ms == 0) start_ms = created_ms_;
  if (start_ms < 0 || start_ms > kLatestStart) start_ms = 0;
  if (!stream_.has_value() || stream_start_ms_ != start_ms) {
    stream_ = appender_->Stream(labels_, start_ms * kNanosecondsPerMillisecond);
    stream_start_ms_ = start_ms;
  }
  return *stream_;
}

absl::Status SeriesReader::AppendSample(std::string_view message) {
  double value = 0;
  int64_t timestamp_ms = 0;
  int64_t start_ms = 0;
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field)) return DamagedRemoteWriteMessage();
    if (field.IsFixed64(1)) value = field.AsDouble();
    if (field.IsVarint(2)) timestamp_ms = static_cast<int64_t>(field.varint);
    if (field.IsVarint(3)) start_ms = static_cast<int64_t>(field.varint);
  }
  const StreamId stream = StreamOf(start_ms);
  if (IsStalenessMarker(value)) {
    appender_->AppendStalenessMarker(stream, timestamp_ms);
  } else {
    appender_->Append(stream, timestamp_ms, value);
  }
  return absl::OkStatus();
}

absl::Status SeriesReader::AppendHistogram(std::string_view message) {
  const absl::StatusOr<RemoteHistogram> read = ReadRemoteHistogram(message);
  if (!read.ok()) return read.status();
  appender_->AppendHistogram(StreamOf(read->start_ms), read->timestamp_ms, read->histogram);
  return absl::OkStatus();
}

absl::Status SeriesReader::ReadMetadata2(std::string_view message,
                                         std::span<const std::string_view> symbols) {
  uint64_t type = 0, help = 0, unit = 0;
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field)) return DamagedRemoteWriteMessage();
    if (field.IsVarint(1)) type = field.varint;
    if (field.IsVarint(3)) help = field.varint;
    if (field.IsVarint(4)) unit = field.varint;
  }
  const absl::StatusOr<std::string_view> help_text = SymbolAt(symbols, help);
  const absl::StatusOr<std::string_view> unit_text = SymbolAt(symbols, unit);
  if (!help_text.ok()) return help_text.status();
  if (!unit_text.ok()) return unit_text.status();
  if (type == 0 && help_text->empty() && unit_text->empty()) return absl::OkStatus();
  if (!IsValidUtf8(*help_text) || !IsValidUtf8(*unit_text)) {
    return absl::InvalidArgumentError("metadata that are not valid UTF-8");
  }
  MetricMetadata metadata;
  metadata.type = RemoteWriteMetricType(type);
  metadata.help = std::string(*help_text);
  metadata.unit = std::string(*unit_text);
  const auto name = std::find_if(labels_.begin(), labels_.end(),
                                 [](const LabelView& label) { return label.first == kMetricName; });
  appender_->SetMetadata(FamilyOf(name->second, metadata.type), metadata);
  return absl::OkStatus();
}

}  // namespace promlite::internal
