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
  // What its counters tell in the same words, named as their labels are; see IsApiRequestLabel().
  // Lives as long as the database.
  const Labels* labels = nullptr;
  double cost_usd = 0;
  std::array<double, kTokenKindCount> tokens{};

  double Tokens(TokenKind kind) const { return tokens[static_cast<size_t>(kind)]; }
  double& Tokens(TokenKind kind) { return tokens[static_cast<size_t>(kind)]; }
};

// Whether a label is told by the events as it is by the counters: who (user, organization,
// session), terminal, version and model. Others have other values there (`query_source`), or none
// (`job`).
PROMLITE_EXPORT bool IsApiRequestLabel(std::string_view label);

}  // namespace promlite

#endif  // PROMLITE_STORAGE_LOGS_API_REQUEST_H_
