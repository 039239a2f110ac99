#ifndef PROMLITE_STORAGE_LOGS_API_REQUEST_WORDS_H_
#define PROMLITE_STORAGE_LOGS_API_REQUEST_WORDS_H_

#include <array>
#include <string_view>

namespace promlite::internal {

// The words of Claude Code's event of one request to the model: what a door must know to read it.
// Those of the counters, and of what both mean, stand in engine/usage/vocabulary.h.

// The event's name: whole, or as the attribute `event.name` has it.
inline constexpr std::string_view kApiRequestEvent = "claude_code.api_request";
inline constexpr std::string_view kApiRequestEventName = "api_request";

// Attributes of the event that the counters carry too, with the same values.
inline constexpr std::array<std::string_view, 9> kApiRequestAttributes = {
    "user.id",           "session.id",      "organization.id",
    "user.account_uuid", "user.account_id", "user.email",
    "terminal.type",     "app.version",     "model"};

// Attributes that count, which the counters add up: US dollars, and tokens of each kind.
inline constexpr std::string_view kCostAttribute = "cost_usd";
inline constexpr std::string_view kInputTokensAttribute = "input_tokens";
inline constexpr std::string_view kOutputTokensAttribute = "output_tokens";
inline constexpr std::string_view kCacheReadTokensAttribute = "cache_read_tokens";
inline constexpr std::string_view kCacheCreationTokensAttribute = "cache_creation_tokens";

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LOGS_API_REQUEST_WORDS_H_
