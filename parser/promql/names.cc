#include "promlite/parser/promql/names.h"

#include "promlite/parser/promql/name_runes.h"
#include "promlite/parser/text/letter_runes.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::promql {
namespace internal {
namespace {

bool IsAsciiLetter(uint32_t rune) {
  return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
}

enum class Colons { kAllowed, kRefused };

bool IsUnquotedName(std::string_view name, UnquotedNames names, Colons colons) {
  if (name.empty()) return false;
  for (size_t at = 0; at < name.size();) {
    const DecodedRune next = DecodeRune(name.substr(at));
    const bool fits = (colons == Colons::kAllowed && next.rune == ':') ||
                      (at == 0 ? StartsName(next.rune, names) : ContinuesName(next.rune, names));
    if (!fits) return false;
    at += next.bytes;
  }
  return true;
}

}  // namespace

bool StartsName(uint32_t rune, UnquotedNames names) {
  if (rune < 0x80) return rune == '_' || IsAsciiLetter(rune);
  return names == UnquotedNames::kUtf8 && IsLetterRune(rune);
}

bool ContinuesName(uint32_t rune, UnquotedNames names) {
  return StartsName(rune, names) || (rune >= '0' && rune <= '9') ||
         (names == UnquotedNames::kUtf8 && rune == '.');
}

}  // namespace internal

bool IsUnquotedLabelName(std::string_view name, UnquotedNames names) {
  return internal::IsUnquotedName(name, names, internal::Colons::kRefused);
}

bool IsUnquotedMetricName(std::string_view name, UnquotedNames names) {
  return internal::IsUnquotedName(name, names, internal::Colons::kAllowed);
}

}  // namespace promlite::promql
