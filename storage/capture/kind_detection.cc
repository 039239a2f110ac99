#include "promlite/storage/capture/kind_detection.h"

#include <snappy.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/length_prefix.h"
#include "promlite/storage/capture/plc_format.h"
#include "promlite/storage/openmetrics/text_format.h"
#include "promlite/storage/openmetrics/text_line.h"
#include "promlite/storage/otlp/json_requests.h"
#include "promlite/storage/otlp/wire/request_signal.h"
#include "promlite/storage/remote_write/ingester.h"

namespace promlite::internal {
namespace {

constexpr size_t kLookBytes = 64 << 10;
constexpr std::string_view kWhitespace = " \t\r\n";

// A JSON object, perhaps in an array, begins with a key and a colon; a text line may begin with a
// brace as well, but then a quoted metric name follows, with a comma or a closing brace after it.
bool LooksLikeJson(std::string_view text) {
  size_t at = text.find_first_not_of(kWhitespace);
  if (at != text.npos && text[at] == '[') at = text.find_first_not_of(kWhitespace, at + 1);
  if (at == text.npos || text[at] != '{') return false;
  at = text.find_first_not_of(kWhitespace, at + 1);
  if (at == text.npos) return true;
  if (text[at] != '"') return text[at] == '}';
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  if (at >= text.size()) return true;
  at = text.find_first_not_of(kWhitespace, at + 1);
  return at == text.npos || text[at] == ':';
}

bool LooksLengthPrefixed(BufferedReader* reader, size_t zero_frames) {
  const size_t at = zero_frames * kLengthPrefixBytes;
  std::string_view look = reader->Peek(kLookBytes);
  if (look.size() < at + kLengthPrefixBytes + 1) return false;
  const uint64_t length = ReadLengthPrefix(look.substr(at));
  const std::optional<uint64_t> remaining = reader->Remaining();
  if (MayBeMessage(look.substr(at + kLengthPrefixBytes))) {
    // A first byte of zero is no beginning of anything else.
    if (look[at] == 0) return true;
    return length <= kMaxRecordBytes && remaining.has_value() &&
           at + kLengthPrefixBytes + length <= *remaining;
  }
  // A damaged first message: then the frame itself must be intact, and another, or the end, follow.
  if (length == 0 || length > (size_t{1} << 20)) return false;
  const size_t next = at + kLengthPrefixBytes + static_cast<size_t>(length);
  look = reader->Peek(next + kLengthPrefixBytes + 4);
  if (look.size() < next) return false;
  if (look.size() == next) return look[at] == 0;
  return look.size() > next + kLengthPrefixBytes &&
         MayBeMessage(look.substr(next + kLengthPrefixBytes));
}

// Whether a line says something in either text format. Prose may pass for a comment: that does not
// count.
bool IsTextLine(std::string_view line, TextLine* parsed) {
  for (const TextFormat format : {TextFormat::kOpenMetrics, TextFormat::kPrometheus}) {
    if (!ParseTextLine(line, format, TextOptions::TimeUnit::kSeconds, parsed).ok()) continue;
    if (parsed->kind != TextLine::Kind::kBlank && parsed->kind != TextLine::Kind::kComment) {
      return true;
    }
  }
  return false;
}

// True if a line of `look`, the beginning of a file, is one of text. `why_not` says what is wrong
// with the first line that is not blank.
bool LooksLikeText(std::string_view look, std::string* why_not) {
  // Binary data soon hold a control character.
  for (const char c : look.substr(0, 4096)) {
    const auto byte = static_cast<unsigned char>(c);
    // Prometheus reads NULs in label values and help texts.
    if (byte < 0x20 && c != '\n' && c != '\t' && c != '\r' && c != '\0') return false;
  }
  TextLine parsed;
  for (size_t number = 1; !look.empty(); ++number) {
    const std::string_view line = look.substr(0, look.find('\n'));
    if (IsTextLine(line, &parsed)) return true;
    if (why_not->empty()) {
      const absl::Status status =
          ParseTextLine(line, TextFormat::kPrometheus, TextOptions::TimeUnit::kByFormat, &parsed);
      if (!status.ok()) *why_not = absl::StrCat("line ", number, ": ", status.message());
    }
    look.remove_prefix(std::min(look.size(), line.size() + 1));
  }
  return false;
}

absl::StatusOr<CaptureKind> PlcKind(std::string_view look) {
  if (look.substr(0, kPlcMagic.size()) == kPlcMagic) return CaptureKind::kPlc;
  if (look.size() <= kPlcVersionAt) {
    return absl::InvalidArgumentError("a .plc file that ends within its header");
  }
  return absl::InvalidArgumentError(absl::StrCat("a .plc file of version ",
                                                 static_cast<unsigned char>(look[kPlcVersionAt]),
                                                 ", which this release does not read"));
}

bool IsSnappyOfProtobuf(std::string_view body) {
  size_t size = 0;
  return snappy::GetUncompressedLength(body.data(), body.size(), &size) && size > 0 &&
         size <= kMaxRecordBytes && snappy::IsValidCompressedBuffer(body.data(), body.size());
}

// Remote write without snappy.
bool IsPlainRemoteWrite(std::string_view body) {
  return RemoteWriteVersionOf(body) != RemoteWriteVersion::kUnknown;
}

absl::Status RefuseEncoding(std::string_view look) {
  const auto refuse = [](std::string_view encoding) {
    return absl::InvalidArgumentError(absl::StrCat("is in ", Absl(encoding),
                                                   ": only UTF-8 is read; iconv -f ",
                                                   Absl(encoding), " -t UTF-8 FILE makes it that"));
  };
  if (look.starts_with(std::string_view("\xff\xfe\0\0", 4)) ||
      look.starts_with(std::string_view("\0\0\xfe\xff", 4))) {
    return refuse("UTF-32");
  }
  if (look.starts_with("\xff\xfe") || look.starts_with("\xfe\xff")) return refuse("UTF-16");
  // Without a mark: the first characters of JSON or text are ASCII.
  constexpr size_t kFewBytes = 8;
  if (look.size() < kFewBytes) return absl::OkStatus();
  const auto zeros_at = [&](size_t first) {
    for (size_t i = 0; i < kFewBytes; ++i) {
      const bool is_ascii = look[i] >= ' ' && look[i] < '\x7f';
      if (i % 2 == first ? look[i] != '\0' : !is_ascii) return false;
    }
    return true;
  };
  if (look.starts_with(std::string_view("\xff\x06\0\0sNaPpY", 10))) {
    return absl::InvalidArgumentError(
        "is in snappy's framing format: remote write has the block format; what snzip -d makes of "
        "it is read");
  }
  if (zeros_at(1)) return refuse("UTF-16LE");
  return zeros_at(0) ? refuse("UTF-16BE") : absl::OkStatus();
}

// Skips zero bytes by the block, and says how many are left at the front. A file that was cut while
// its writer went on begins with a hole.
size_t SkipZeroBlocks(BufferedReader* reader) {
  for (;;) {
    const std::string_view look = reader->Peek(kLookBytes);
    const size_t zeros = std::min(look.find_first_not_of('\0'), look.size());
    if (zeros < look.size() || look.empty()) return zeros;
    reader->Skip(zeros);
  }
}

std::string PassedOver(uint64_t bytes, std::string_view what) {
  return absl::StrCat("the file begins ", Absl(what), ": ", bytes, " bytes are passed over");
}

// Where a capture of frames begins within one.
std::optional<DetectedCapture> FindFrames(BufferedReader* reader, std::string_view body) {
  FrameSearch search;
  const std::optional<size_t> frame = search.Find(body, body.size() < kMaxRecordBytes);
  if (!frame.has_value()) return std::nullopt;
  reader->Skip(*frame);
  return DetectedCapture{CaptureKind::kLengthPrefixed,
                         *frame == 0 ? "" : PassedOver(*frame, "within a record")};
}

absl::Status NotRecognised(const std::string& no_text) {
  return absl::InvalidArgumentError(absl::StrCat(
      "not recognised: neither OTLP metrics or logs (protobuf or JSON), nor remote write, nor "
      "OpenMetrics or Prometheus text, nor a .plc file",
      no_text.empty() ? "" : absl::StrCat("; as text, ", no_text)));
}

// The kind of what begins with a first record, or within one.
absl::StatusOr<DetectedCapture> DetectContent(BufferedReader* reader) {
  std::string_view look = reader->Peek(kLookBytes);
  if (LooksLikeJson(look)) {
    if (NamesOtlpRequest(look) || NamesOtlpRequest(reader->Peek(kMaxRecordBytes))) {
      return DetectedCapture{CaptureKind::kJson, ""};
    }
    return absl::InvalidArgumentError(
        "holds JSON, but no OTLP metrics or logs: there is no key \"resourceMetrics\" or "
        "\"resourceLogs\"");
  }
  // All of a text is not needed to know that it is one; all of a body is.
  std::string no_text;
  if (LooksLikeText(look, &no_text)) return DetectedCapture{CaptureKind::kText, ""};
  const std::string_view body = reader->Peek(kMaxRecordBytes);
  if (IsPlainRemoteWrite(body)) return DetectedCapture{CaptureKind::kRemoteWrite, ""};
  const bool tagged = body[0] == '\x0a';
  if (tagged && IsWholeExportRequest(body)) return DetectedCapture{CaptureKind::kOtlpProtobuf, ""};
  if (IsSnappyOfProtobuf(body)) return DetectedCapture{CaptureKind::kRemoteWrite, ""};
  if (std::optional<DetectedCapture> frames = FindFrames(reader, body)) return *std::move(frames);
  if (NamesOtlpRequest(body)) return DetectedCapture{CaptureKind::kJson, ""};
  if (!reader->status().ok()) return reader->status();
  if (tagged) return DetectedCapture{CaptureKind::kOtlpProtobuf, ""};
  return NotRecognised(no_text);
}

absl::StatusOr<DetectedCapture> DetectBehindZeros(BufferedReader* reader, uint64_t skipped,
                                                  size_t zeros) {
  // Zeros may be empty messages, and the last ones belong to a length.
  constexpr size_t kMostEmptyMessages = 1000;
  const size_t empty_messages = zeros / kLengthPrefixBytes;
  if (skipped == 0 && empty_messages <= kMostEmptyMessages &&
      LooksLengthPrefixed(reader, empty_messages)) {
    return DetectedCapture{CaptureKind::kLengthPrefixed, ""};
  }
  if (zeros == 0 && skipped == 0) return DetectContent(reader);
  const size_t of_length = std::min(zeros, kLengthPrefixBytes - 1);
  reader->Skip(zeros - of_length);
  std::optional<DetectedCapture> frames = FindFrames(reader, reader->Peek(kMaxRecordBytes));
  absl::StatusOr<DetectedCapture> detected =
      frames.has_value() ? *std::move(frames) : [&]() -> absl::StatusOr<DetectedCapture> {
    reader->Skip(of_length);
    return DetectContent(reader);
  }();
  if (detected.ok()) detected->head_problem = PassedOver(skipped + zeros, "with zero bytes");
  return detected;
}

}  // namespace

absl::StatusOr<DetectedCapture> DetectCapture(BufferedReader* reader) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  std::string_view look = reader->Peek(kLookBytes);
  if (look.empty()) {
    if (!reader->status().ok()) return reader->status();
    return absl::InvalidArgumentError("the file is empty");
  }
  if (look.starts_with(kPlcMagic.substr(0, kPlcVersionAt))) {
    const absl::StatusOr<CaptureKind> kind = PlcKind(look);
    if (!kind.ok()) return kind.status();
    return DetectedCapture{*kind, ""};
  }
  if (absl::Status status = RefuseEncoding(look); !status.ok()) return status;
  if (look.starts_with(kByteOrderMark)) reader->Skip(kByteOrderMark.size());
  const uint64_t begin = reader->offset();
  const size_t zeros = SkipZeroBlocks(reader);
  if (reader->Peek(zeros + 1).size() == zeros) {
    return absl::InvalidArgumentError(begin > 0 ? "holds nothing but a byte order mark"
                                                : "holds nothing but zero bytes");
  }
  return DetectBehindZeros(reader, reader->offset() - begin, zeros);
}

}  // namespace promlite::internal
