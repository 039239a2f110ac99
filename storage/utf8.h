#ifndef PROMLITE_STORAGE_UTF8_H_
#define PROMLITE_STORAGE_UTF8_H_

#include <cstddef>
#include <string_view>

namespace promlite::internal {

// Whether the text is UTF-8 as Go has it: shortest forms only, no surrogates, at most U+10FFFF.
inline bool IsValidUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || i + size > text.size()) return false;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const unsigned char lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned char highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) return false;
    for (size_t k = 2; k < size; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
    }
    i += size;
  }
  return true;
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_UTF8_H_
