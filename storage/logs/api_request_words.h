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

// Attributes that tell one event from all others, so that no counter has them.
inline constexpr std::array<std::string_view, 6> kEventIdentities = {
    "event.name", "event.timestamp", "event.sequence",
    "prompt.id",  "request_id",      "client_request_id"};
// The number of an event in its process, from 0 on, and the session that the process is of.
inline constexpr std::string_view kSequenceAttribute = "event.sequence";
inline constexpr std::string_view kSessionAttribute = "session.id";
// How fast the model was asked to be: counters have no such label where it is the usual one.
inline constexpr std::string_view kSpeedAttribute = "speed";
inline constexpr std::string_view kUsualSpeed = "normal";

// Attributes that count, which the counters add up: US dollars, and tokens of each kind.
inline constexpr std::string_view kCostAttribute = "cost_usd";
inline constexpr std::string_view kInputTokensAttribute = "input_tokens";
inline constexpr std::string_view kOutputTokensAttribute = "output_tokens";
inline constexpr std::string_view kCacheReadTokensAttribute = "cache_read_tokens";
inline constexpr std::string_view kCacheCreationTokensAttribute = "cache_creation_tokens";

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LOGS_API_REQUEST_WORDS_H_
