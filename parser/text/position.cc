#include "promlite/parser/text/position.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/cord.h"

namespace promlite {
namespace {

// Where the range stands in a status: "<start>:<end>", in bytes.
constexpr char kPositionPayload[] = "promlite/parser/position";

}  // namespace

std::string LineAndColumn(std::string_view query, int32_t offset) {
  if (query.empty()) return "unknown position";
  if (offset < 0 || static_cast<size_t>(offset) > query.size()) return "invalid position";
  const std::string_view before = query.substr(0, static_cast<size_t>(offset));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  // Without a line break, npos + 1 is 0: the line begins at the first byte.
  const size_t line_start = before.rfind('\n') + 1;
  return std::to_string(line) + ":" + std::to_string(before.size() - line_start + 1);
}

absl::Status WithPosition(absl::Status status, PositionRange range) {
  const std::string text = std::to_string(range.start) + ":" + std::to_string(range.end);
  // Not from a temporary string: newer Clang mangles that constructor in another way than Debian's
  // Abseil was compiled with.
  status.SetPayload(kPositionPayload, absl::Cord(absl::string_view(text)));
  return status;
}

std::optional<PositionRange> ErrorPosition(const absl::Status& status) {
  const auto payload = status.GetPayload(kPositionPayload);
  if (!payload.has_value()) return std::nullopt;
  const std::string text(*payload);
  const char* const end = text.data() + text.size();
  PositionRange range;
  const auto start = std::from_chars(text.data(), end, range.start);
  if (start.ec != std::errc() || start.ptr == end) return std::nullopt;
  if (std::from_chars(start.ptr + 1, end, range.end).ec != std::errc()) return std::nullopt;
  return range;
}

}  // namespace promlite
