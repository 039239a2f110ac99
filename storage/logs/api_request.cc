#include "promlite/storage/logs/api_request.h"

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

}  // namespace promlite
