#ifndef PROMLITE_STORAGE_LOGS_API_REQUEST_H_
#define PROMLITE_STORAGE_LOGS_API_REQUEST_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "promlite/parser/text/export.h"
#include "promlite/storage/labels/labels.h"

namespace promlite {

enum class TokenKind { kInput, kOutput, kCacheRead, kCacheCreation };
inline constexpr size_t kTokenKindCount = 4;
inline constexpr std::array<TokenKind, kTokenKindCount> kAllTokenKinds = {
    TokenKind::kInput, TokenKind::kOutput, TokenKind::kCacheRead, TokenKind::kCacheCreation};

// "input", "output", "cacheRead", "cacheCreation": the label `type` of the token counter.
PROMLITE_EXPORT std::string_view TokenKindName(TokenKind kind);

// What Claude Code's event `claude_code.api_request` says of one request to the model.
struct ApiRequest {
  int64_t time_ns = 0;  // since the epoch
  // Its attributes that are text or truth values, named as labels are, but for those that tell one
  // event from all others. Counters have some of them, and some with other values. Lives as long as
  // the database.
  const Labels* labels = nullptr;
  double cost_usd = 0;
  std::array<double, kTokenKindCount> tokens{};
  // Whether the event says so; what it does not say is unknown, and 0 above.
  bool tells_cost = false;
  std::array<bool, kTokenKindCount> tells_tokens{};

  double Tokens(TokenKind kind) const { return tokens[static_cast<size_t>(kind)]; }
  double& Tokens(TokenKind kind) { return tokens[static_cast<size_t>(kind)]; }
  bool TellsTokens(TokenKind kind) const { return tells_tokens[static_cast<size_t>(kind)]; }
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_LOGS_API_REQUEST_H_
