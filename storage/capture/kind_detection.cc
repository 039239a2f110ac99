#include "promlite/storage/capture/kind_detection.h"

#include <snappy.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "promlite/storage/capture/decompress.h"
#include "promlite/storage/capture/length_prefix.h"
#include "promlite/storage/capture/plc_format.h"
#include "promlite/storage/openmetrics/text_format.h"
#include "promlite/storage/openmetrics/text_line.h"
#include "promlite/storage/otlp/wire/request_signal.h"

namespace promlite::internal {
namespace {

constexpr size_t kLookBytes = 64 << 10;
constexpr std::string_view kWhitespace = " \t\r\n";

absl::Status RefuseTraces(OtlpSignal signal) {
  if (signal != OtlpSignal::kTraces) return absl::OkStatus();
  return absl::InvalidArgumentError("holds OTLP traces, not metrics or logs");
}

// Whether a key of an OTLP request stands in it.
bool HasOtlpKey(std::string_view json) {
  constexpr std::string_view kKeys[] = {"\"resourceMetrics\"", "\"resource_metrics\"",
                                        "\"resourceLogs\"", "\"resource_logs\""};
  return std::any_of(std::begin(kKeys), std::end(kKeys),
                     [&](std::string_view key) { return json.find(key) != json.npos; });
}

// A JSON object begins with a key and a colon; a text line may begin with a brace as well, but then
// a quoted metric name follows, with a comma or a closing brace after it.
bool LooksLikeJson(std::string_view text) {
  size_t at = text.find_first_not_of(kWhitespace);
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

// True if braces and brackets that open in the line also close in it.
bool IsBalancedJson(std::string_view line) {
  int64_t depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return depth == 0 && !in_string;
}

// Lines, unless the first one is only the beginning of an object that goes on in the next.
CaptureKind JsonKind(BufferedReader* reader) {
  const std::string_view first = reader->PeekLine(kMaxRecordBytes);
  const size_t first_size = first.size();
  if (IsBalancedJson(first)) return CaptureKind::kJsonLines;
  const std::string_view both = reader->Peek(first_size + 16);
  return both.substr(first_size).substr(0, 10) == "{\"resource" ? CaptureKind::kJsonLines
                                                                : CaptureKind::kOtlpJson;
}

// Whether a message of `size` bytes that begins with `head` may stand behind a length.
bool MayBeMessage(std::string_view head) {
  return !head.empty() && (head[0] == '\x0a' || head[0] == '{' ||
                           head.substr(0, 4) == kZstdMagic.substr(0, head.size()));
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
    if (!ParseTextLine(line, format, parsed).ok()) continue;
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
    if (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') return false;
  }
  TextLine parsed;
  for (size_t number = 1; !look.empty(); ++number) {
    const std::string_view line = look.substr(0, look.find('\n'));
    if (IsTextLine(line, &parsed)) return true;
    if (why_not->empty()) {
      const absl::Status status = ParseTextLine(line, TextFormat::kPrometheus, &parsed);
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

absl::StatusOr<CaptureKind> Framed(BufferedReader* reader, size_t zero_frames) {
  const size_t at = zero_frames * kLengthPrefixBytes;
  const uint64_t length = ReadLengthPrefix(reader->Peek(at + kLengthPrefixBytes).substr(at));
  if (length <= kMaxRecordBytes) {
    std::string_view message = reader->Peek(at + kLengthPrefixBytes + static_cast<size_t>(length));
    message.remove_prefix(std::min(message.size(), at + kLengthPrefixBytes));
    ZstdMessageDecompressor decompressor;
    if (message.substr(0, kZstdMagic.size()) == kZstdMagic) {
      message = decompressor.Decompress(message, kMaxRecordBytes).value_or(std::string_view());
    }
    const absl::Status status =
        RefuseTraces(LooksLikeJson(message) ? SignalOfJson(message) : SignalOfProtobuf(message));
    if (!status.ok()) return status;
  }
  return CaptureKind::kLengthPrefixed;
}

}  // namespace

absl::StatusOr<CaptureKind> DetectKind(BufferedReader* reader) {
  std::string_view look = reader->Peek(kLookBytes);
  if (look.empty()) {
    if (!reader->status().ok()) return reader->status();
    return absl::InvalidArgumentError("the file is empty");
  }
  if (look.substr(0, kPlcVersionAt) == kPlcMagic.substr(0, kPlcVersionAt)) return PlcKind(look);

  const size_t zeros = std::min(look.find_first_not_of('\0'), look.size());
  if (zeros == look.size()) {
    return absl::InvalidArgumentError("holds nothing but zero bytes");
  }
  const size_t zero_frames = zeros / kLengthPrefixBytes;
  if (LooksLengthPrefixed(reader, zero_frames)) return Framed(reader, zero_frames);

  look = reader->Peek(kLookBytes);
  if (LooksLikeJson(look)) {
    const absl::Status status = RefuseTraces(SignalOfJson(look));
    if (!status.ok()) return status;
    if (!HasOtlpKey(look)) {
      return absl::InvalidArgumentError(
          "holds JSON, but no OTLP metrics or logs: there is no key \"resourceMetrics\" or "
          "\"resourceLogs\"");
    }
    return JsonKind(reader);
  }
  // All of a text is not needed to know that it is one; all of a body is.
  std::string no_text;
  if (LooksLikeText(look, &no_text)) return CaptureKind::kText;
  const bool tagged = look[0] == '\x0a';
  const std::string_view body = reader->Peek(kMaxRecordBytes);
  if (tagged && IsWholeExportRequest(body)) {
    const absl::Status status = RefuseTraces(SignalOfProtobuf(body));
    if (!status.ok()) return status;
    return CaptureKind::kOtlpProtobuf;
  }
  if (IsSnappyOfProtobuf(body)) return CaptureKind::kRemoteWrite;
  if (!reader->status().ok()) return reader->status();
  if (tagged) return CaptureKind::kOtlpProtobuf;
  return absl::InvalidArgumentError(absl::StrCat(
      "not recognised: neither OTLP metrics or logs (protobuf or JSON), nor remote write, nor "
      "OpenMetrics or Prometheus text, nor a .plc file",
      no_text.empty() ? "" : absl::StrCat("; as text, ", no_text)));
}

}  // namespace promlite::internal
