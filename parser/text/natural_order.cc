#include "promlite/parser/text/natural_order.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <system_error>

namespace promlite::internal {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes the longest run of digits, or of anything else, off the front.
std::string_view TakeChunk(std::string_view* text) {
  size_t length = 1;
  while (length < text->size() && IsDigit((*text)[length]) == IsDigit((*text)[0])) ++length;
  const std::string_view chunk = text->substr(0, length);
  text->remove_prefix(length);
  return chunk;
}

// Nothing for a chunk that is no number, or too large for 64 bits: then it compares as text.
std::optional<int64_t> ToNumber(std::string_view chunk) {
  if (!IsDigit(chunk[0])) return std::nullopt;
  int64_t number = 0;
  const auto result = std::from_chars(chunk.data(), chunk.data() + chunk.size(), number);
  if (result.ec != std::errc()) return std::nullopt;
  return number;
}

}  // namespace

bool NaturallyPrecedes(std::string_view a, std::string_view b) {
  while (!a.empty()) {
    if (b.empty()) return false;
    const std::string_view chunk_a = TakeChunk(&a);
    const std::string_view chunk_b = TakeChunk(&b);
    const std::optional<int64_t> number_a = ToNumber(chunk_a);
    const std::optional<int64_t> number_b = ToNumber(chunk_b);
    if (number_a && number_b) {
      if (*number_a != *number_b) return *number_a < *number_b;
    } else if (chunk_a != chunk_b) {
      return chunk_a < chunk_b;
    }
    if (a.empty()) return true;
  }
  return false;
}

}  // namespace promlite::internal
