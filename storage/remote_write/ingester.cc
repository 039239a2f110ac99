#include "promlite/storage/remote_write/ingester.h"

#include <snappy.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/utf8.h"
#include "promlite/storage/machine/zstd_message.h"
#include "promlite/storage/otlp/wire/message_walk.h"
#include "promlite/storage/remote_write/series_reader.h"

namespace promlite::internal {
namespace {

constexpr size_t kMaxRequestBytes = size_t{64} << 20;
// A snappy copy makes at most 64 bytes of three: a greater promise is not kept.
constexpr size_t kMaxSnappyRatio = 32;
// Each takes sixteen bytes here and may take two in the request.
constexpr size_t kMaxSymbols = size_t{4} << 20;

enum : uint32_t { kTimeSeries = 1, kMetadata = 3, kSymbols2 = 4, kTimeSeries2 = 5 };

absl::Status NoRequest() {
  return absl::InvalidArgumentError("the body does not hold a WriteRequest");
}

absl::Status At(size_t series, const absl::Status& status) {
  return absl::InvalidArgumentError(absl::StrCat("series ", series, ": ", status.message()));
}

absl::Status ReadMetadata(std::string_view message, Appender* appender) {
  MetricMetadata metadata;
  std::string_view family;
  uint64_t type = 0;
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field)) return DamagedRemoteWriteMessage();
    if (field.IsVarint(1)) type = field.varint;
    if (field.IsBytes(2)) family = field.bytes;
    if (field.IsBytes(4)) metadata.help = std::string(field.bytes);
    if (field.IsBytes(5)) metadata.unit = std::string(field.bytes);
  }
  if (family.empty()) return absl::OkStatus();
  if (!IsValidUtf8(family) || !IsValidUtf8(metadata.help) || !IsValidUtf8(metadata.unit)) {
    return absl::InvalidArgumentError("not valid UTF-8");
  }
  metadata.type = RemoteWriteMetricType(type);
  appender->SetMetadata(family, metadata);
  return absl::OkStatus();
}

absl::Status TooLarge(size_t bytes) {
  return absl::InvalidArgumentError(
      absl::StrCat("a request of ", bytes, " bytes is too large; the limit is ", kMaxRequestBytes));
}

// Whether a series of version 1.0 has a label `__name__`.
bool HasMetricName(std::string_view series) {
  bool named = false;
  const MessageWalk walk = WalkMessage(series, [&](const ProtobufField& label) {
    if (!label.IsBytes(kTimeSeries)) return true;
    WalkMessage(label.bytes, [&](const ProtobufField& field) {
      named = named || (field.IsBytes(1) && field.bytes == "__name__");
      return !named;
    });
    return !named;
  });
  return named && walk.end != MessageWalk::End::kDamaged;
}

// Holds the message that a body is.
class RequestBody {
 public:
  absl::Status Unpack(std::string_view body) {
    size_t size = 0;
    const bool promises_snappy = snappy::GetUncompressedLength(body.data(), body.size(), &size) &&
                                 size / kMaxSnappyRatio <= body.size();
    if (body.starts_with(kZstdMagic)) return Unzstd(body);
    if (promises_snappy && size > kMaxRequestBytes && !IsPlain(body)) return TooLarge(size);
    if (promises_snappy && size <= kMaxRequestBytes &&
        snappy::Uncompress(body.data(), body.size(), &bytes_)) {
      message_ = bytes_;
      return absl::OkStatus();
    }
    if (!IsPlain(body)) {
      return absl::InvalidArgumentError(
          "the body is not in snappy's block format, nor in zstd or uncompressed");
    }
    message_ = body;
    return body.size() > kMaxRequestBytes ? TooLarge(body.size()) : absl::OkStatus();
  }

  std::string_view message() const { return message_; }

 private:
  static bool IsPlain(std::string_view body) {
    return RemoteWriteVersionOf(body) != RemoteWriteVersion::kUnknown;
  }

  absl::Status Unzstd(std::string_view body) {
    const absl::StatusOr<std::string_view> message =
        decompressor_.Decompress(body, kMaxRequestBytes);
    if (absl::IsResourceExhausted(message.status())) return message.status();
    if (!message.ok()) return absl::InvalidArgumentError(message.status().message());
    message_ = *message;
    return absl::OkStatus();
  }

  ZstdMessageDecompressor decompressor_;
  std::string bytes_;
  std::string_view message_;
};

absl::Status Ingest1(std::string_view message, Appender* appender) {
  SeriesReader reader(appender);
  size_t series = 0;
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field)) return NoRequest();
    absl::Status status;
    if (field.IsBytes(kTimeSeries)) {
      ++series;
      status = reader.Read1(field.bytes);
      if (!status.ok()) return At(series, status);
    } else if (field.IsBytes(kMetadata)) {
      status = ReadMetadata(field.bytes, appender);
      if (!status.ok()) {
        return absl::InvalidArgumentError(absl::StrCat("metadata: ", status.message()));
      }
    } else if (field.IsBytes(kSymbols2) || field.IsBytes(kTimeSeries2)) {
      return absl::InvalidArgumentError(
          "a request of version 2.0 that is said, or begins, to be one of 1.0");
    }
  }
  return absl::OkStatus();
}

absl::Status ReadSymbols(std::string_view message, std::vector<std::string_view>* symbols) {
  absl::Status status;
  const MessageWalk walk = WalkMessage(message, [&](const ProtobufField& field) {
    if (field.IsBytes(kTimeSeries) || field.IsBytes(kMetadata)) {
      status = absl::InvalidArgumentError(
          "a request of version 1.0 that is said, or begins, to be one of 2.0");
    } else if (field.IsBytes(kSymbols2) && symbols->size() == kMaxSymbols) {
      status = absl::InvalidArgumentError(absl::StrCat("more than ", kMaxSymbols, " symbols"));
    } else if (field.IsBytes(kSymbols2)) {
      symbols->push_back(field.bytes);
    }
    return status.ok();
  });
  if (!status.ok()) return status;
  if (!walk.is_whole()) return NoRequest();
  const bool begins_empty = symbols->empty() || symbols->front().empty();
  return begins_empty ? absl::OkStatus()
                      : absl::InvalidArgumentError("the first symbol is not empty");
}

absl::Status Ingest2(std::string_view message, Appender* appender) {
  std::vector<std::string_view> symbols;
  if (absl::Status status = ReadSymbols(message, &symbols); !status.ok()) return status;
  SeriesReader reader(appender);
  size_t series = 0;
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field)) return NoRequest();
    if (!field.IsBytes(kTimeSeries2)) continue;
    ++series;
    if (absl::Status status = reader.Read2(field.bytes, symbols); !status.ok()) {
      return At(series, status);
    }
  }
  return absl::OkStatus();
}

// Of a message that may be damaged, or say nothing, the first field decides.
RemoteWriteVersion VersionByFirstField(std::string_view message) {
  ProtobufField field;
  const bool is_2 = TakeProtobufField(&message, &field) &&
                    (field.IsBytes(kSymbols2) || field.IsBytes(kTimeSeries2));
  return is_2 ? RemoteWriteVersion::k2 : RemoteWriteVersion::k1;
}

absl::Status IngestBody(std::string_view body, RemoteWriteVersion version, Appender* appender) {
  RequestBody request;
  if (absl::Status status = request.Unpack(body); !status.ok()) return status;
  if (version == RemoteWriteVersion::kUnknown) version = VersionByFirstField(request.message());
  return version == RemoteWriteVersion::k2 ? Ingest2(request.message(), appender)
                                           : Ingest1(request.message(), appender);
}

}  // namespace

absl::StatusOr<RemoteWriteVersion> RemoteWriteVersionOfType(std::string_view content_type) {
  if (content_type.empty()) return RemoteWriteVersion::kUnknown;
  RemoteWriteVersion version = RemoteWriteVersion::k1;
  bool is_known = true;
  bool is_first = true;
  for (absl::string_view part : absl::StrSplit(Absl(content_type), ';')) {
    part = absl::StripAsciiWhitespace(part);
    if (std::exchange(is_first, false)) {
      is_known = absl::EqualsIgnoreCase(part, "application/x-protobuf");
    } else if (part == "proto=io.prometheus.write.v2.Request") {
      version = RemoteWriteVersion::k2;
    } else if (absl::StartsWithIgnoreCase(part, "proto=")) {
      is_known = is_known && part == "proto=prometheus.WriteRequest";
    }
  }
  if (is_known) return version;
  return absl::InvalidArgumentError(
      absl::StrCat("remote write: the content type \"", Absl(content_type),
                   "\" is none of application/x-protobuf (version 1.0) and "
                   "application/x-protobuf;proto=io.prometheus.write.v2.Request (2.0)"));
}

RemoteWriteVersion RemoteWriteVersionOf(std::string_view message) {
  bool is_1 = !message.empty();
  bool is_2 = !message.empty();
  bool has_series = false;
  bool has_symbol = false;
  const MessageWalk walk = WalkMessage(message, [&](const ProtobufField& field) {
    if (field.IsBytes(kTimeSeries)) {
      is_2 = false;
      is_1 = is_1 && (has_series || HasMetricName(field.bytes));
      has_series = true;
    } else if (field.IsBytes(kMetadata)) {
      is_2 = false;
    } else if (field.IsBytes(kSymbols2)) {
      is_1 = false;
      is_2 = is_2 && (has_symbol || field.bytes.empty());
      has_symbol = true;
    } else if (field.IsBytes(kTimeSeries2)) {
      is_1 = false;
    } else {
      is_1 = is_2 = false;
    }
    return is_1 || is_2;
  });
  if (!walk.is_whole()) return RemoteWriteVersion::kUnknown;
  if (is_1 && has_series) return RemoteWriteVersion::k1;
  return is_2 && has_symbol ? RemoteWriteVersion::k2 : RemoteWriteVersion::kUnknown;
}

absl::Status IngestRemoteWrite(std::string_view body, RemoteWriteVersion version,
                               Appender* appender) {
  const absl::Status status = IngestBody(body, version, appender);
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat("remote write: ", status.message()));
}

}  // namespace promlite::internal
