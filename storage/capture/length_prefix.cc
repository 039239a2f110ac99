#include "promlite/storage/capture/length_prefix.h"

#include <algorithm>

#include "promlite/storage/machine/zstd_message.h"
#include "promlite/storage/otlp/json_requests.h"
#include "promlite/storage/otlp/wire/request_signal.h"

namespace promlite::internal {
namespace {

bool IsMessage(std::string_view message) {
  if (message.starts_with(kZstdMagic)) return true;
  if (message.starts_with('{')) return NamesOtlpRequest(message);
  return SignalOfProtobuf(message) != OtlpSignal::kUnknown && IsWholeExportRequest(message);
}

}  // namespace

bool MayBeMessage(std::string_view head) {
  return !head.empty() && (head[0] == '\x0a' || head[0] == '{' ||
                           head.substr(0, 4) == kZstdMagic.substr(0, head.size()));
}

bool FrameSearch::IsFrame(std::string_view bytes, bool at_end) {
  const size_t length = ReadLengthPrefix(bytes);
  if (length > bytes.size() - kLengthPrefixBytes) return false;
  const std::string_view behind = bytes.substr(kLengthPrefixBytes + length);
  const bool is_followed =
      behind.size() > kLengthPrefixBytes ? MayBeMessage(behind.substr(kLengthPrefixBytes)) : at_end;
  if (!is_followed || length > budget_) return false;
  budget_ -= length;
  return IsMessage(bytes.substr(kLengthPrefixBytes, length));
}

std::optional<size_t> FrameSearch::Find(std::string_view bytes, bool at_end) {
  constexpr std::string_view kFirstBytes = "\x0a{\x28";
  for (size_t at = kLengthPrefixBytes; at < bytes.size(); ++at) {
    at = bytes.find_first_of(kFirstBytes, at);
    if (at == bytes.npos) break;
    const size_t begin = at - kLengthPrefixBytes;
    if (MayBeMessage(bytes.substr(at)) && IsFrame(bytes.substr(begin), at_end)) return begin;
  }
  return std::nullopt;
}

}  // namespace promlite::internal
