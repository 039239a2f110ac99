#ifndef PROMLITE_ENGINE_USAGE_VOCABULARY_H_
#define PROMLITE_ENGINE_USAGE_VOCABULARY_H_

#include <array>
#include <string>
#include <string_view>

// The kinds of tokens (TokenKindName()), and the words of the event, which a door of storage/
// reads.
#include "promlite/storage/logs/api_request.h"
#include "promlite/storage/logs/api_request_words.h"

// The words of Claude Code's telemetry. Each stands here, or in one of the headers above, and
// nowhere else.
namespace promlite::usage {

// A counter, as the exporter names it but with underscores for dots.
struct UsageCounter {
  std::string_view name;
  std::string_view unit;  // as Prometheus' suffix writes it; empty: none
};

inline constexpr UsageCounter kCostUsage = {"claude_code_cost_usage", "USD"};
inline constexpr UsageCounter kTokenUsage = {"claude_code_token_usage", "tokens"};
inline constexpr UsageCounter kSessionCount = {"claude_code_session_count", ""};
inline constexpr UsageCounter kCommitCount = {"claude_code_commit_count", ""};
inline constexpr UsageCounter kPullRequestCount = {"claude_code_pull_request_count", ""};
inline constexpr UsageCounter kLinesOfCodeCount = {"claude_code_lines_of_code_count", ""};
inline constexpr UsageCounter kActiveTime = {"claude_code_active_time", "seconds"};

// Whether a metric is that counter, however its OTLP name was translated: with dots or underscores,
// with or without the suffixes `_total` and that of the unit.
bool IsMetricOf(std::string_view metric, const UsageCounter& counter);

// Labels of the counters. A name with a dot is told both as it is sent and as Prometheus translates
// it; the translated one stands first.
inline constexpr std::string_view kModelLabel = "model";
inline constexpr std::array<std::string_view, 2> kSessionLabels = {"session_id", "session.id"};
// Who used it, the name that says most to a reader first.
inline constexpr std::array<std::string_view, 8> kUserLabels = {
    "user_email",      "user.email",      "user_account_uuid", "user.account_uuid",
    "user_account_id", "user.account_id", "user_id",           "user.id"};
// The label of the kind of token (TokenKindName()), and of line of code.
inline constexpr std::string_view kTypeLabel = "type";
inline constexpr std::string_view kAddedLines = "added";
inline constexpr std::string_view kRemovedLines = "removed";

// Labels (or their beginnings) that tell who runs a process, and where: one value a session. What
// else differs inside a session, such as the model, is measured.
inline constexpr std::array<std::string_view, 9> kIdentityLabels = {
    "app", "host", "instance", "job", "organization", "os", "service", "terminal", "user"};

}  // namespace promlite::usage

#endif  // PROMLITE_ENGINE_USAGE_VOCABULARY_H_
