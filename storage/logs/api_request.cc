#include "promlite/storage/logs/api_request.h"

#include <algorithm>

#include "promlite/storage/logs/api_request_words.h"

namespace promlite {

std::string_view TokenKindName(TokenKind kind) {
  switch (kind) {
    case TokenKind::kInput:
      return "input";
    case TokenKind::kOutput:
      return "output";
    case TokenKind::kCacheRead:
      return "cacheRead";
    case TokenKind::kCacheCreation:
      break;
  }
  return "cacheCreation";
}

bool IsApiRequestLabel(std::string_view label) {
  // Untranslated names keep their dots.
  const auto same = [](char a, char b) { return a == b || (a == '_' && b == '.'); };
  return std::any_of(internal::kApiRequestAttributes.begin(), internal::kApiRequestAttributes.end(),
                     [&](std::string_view attribute) {
                       return std::equal(label.begin(), label.end(), attribute.begin(),
                                         attribute.end(), same);
                     });
}

}  // namespace promlite
