#include "promlite/parser/text/utf8.h"

namespace promlite::internal {
namespace {

bool IsContinuation(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

// The bytes of the sequence that `lead` begins; 0 for a byte that begins none.
int32_t SequenceLength(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

}  // namespace

DecodedRune DecodeRune(std::string_view text) {
  const auto lead = static_cast<uint8_t>(text[0]);
  const int32_t length = SequenceLength(lead);
  if (length == 1) return {lead, 1, true};
  if (length == 0 || text.size() < static_cast<size_t>(length)) return {};
  uint32_t rune = lead & (0xFFu >> (length + 1));
  for (int32_t i = 1; i < length; ++i) {
    if (!IsContinuation(text[static_cast<size_t>(i)])) return {};
    rune = rune << 6 | (static_cast<uint8_t>(text[static_cast<size_t>(i)]) & 0x3F);
  }
  const bool overlong = (length == 3 && rune < 0x800) || (length == 4 && rune < 0x10000);
  const bool surrogate = rune >= 0xD800 && rune < 0xE000;
  if (overlong || surrogate || rune > 0x10FFFF) return {};
  return {rune, length, true};
}

void AppendRune(uint32_t rune, std::string* text) {
  const auto append = [text](uint32_t byte) { text->push_back(static_cast<char>(byte)); };
  if (rune < 0x80) {
    append(rune);
  } else if (rune < 0x800) {
    append(0xC0 | rune >> 6);
    append(0x80 | (rune & 0x3F));
  } else if (rune < 0x10000) {
    append(0xE0 | rune >> 12);
    append(0x80 | (rune >> 6 & 0x3F));
    append(0x80 | (rune & 0x3F));
  } else {
    append(0xF0 | rune >> 18);
    append(0x80 | (rune >> 12 & 0x3F));
    append(0x80 | (rune >> 6 & 0x3F));
    append(0x80 | (rune & 0x3F));
  }
}

bool IsValidName(std::string_view name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const DecodedRune next = DecodeRune(name);
    if (!next.valid) return false;
    name.remove_prefix(static_cast<size_t>(next.bytes));
  }
  return true;
}

}  // namespace promlite::internal
