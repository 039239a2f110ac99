#include "promlite/parser/text/utf8.h"

namespace promlite {

DecodedRune DecodeRune(std::string_view text) {
  const auto lead = static_cast<uint8_t>(text[0]);
  const size_t length = Utf8SequenceLength(text);
  if (length == 0) return {};
  if (length == 1) return {lead, 1, true};
  uint32_t rune = lead & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    rune = rune << 6 | (static_cast<uint8_t>(text[i]) & 0x3F);
  }
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

std::string ReplaceInvalidUtf8(std::string_view text, std::vector<size_t>* origins) {
  constexpr std::string_view kReplacement = "\uFFFD";
  std::string valid;
  if (origins != nullptr) origins->clear();
  for (size_t i = 0; i < text.size();) {
    const size_t length = Utf8SequenceLength(text.substr(i));
    const std::string_view sequence = length == 0 ? kReplacement : text.substr(i, length);
    if (origins != nullptr) origins->insert(origins->end(), sequence.size(), i);
    valid.append(sequence);
    i += length == 0 ? 1 : length;
  }
  if (origins != nullptr) origins->push_back(text.size());
  return valid;
}

}  // namespace promlite
