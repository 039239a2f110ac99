#ifndef PROMLITE_ENGINE_USAGE_VOCABULARY_H_
#define PROMLITE_ENGINE_USAGE_VOCABULARY_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/engine/usage/report/report_columns.h"
// The kinds of tokens (TokenKindName()), and the words of the event, which a door of storage/
// reads.
#include "promlite/storage/logs/api_request.h"
#include "promlite/storage/logs/api_request_words.h"

// The words of the agents' telemetry. Each stands here, in the source of this header or in one of
// the headers above, and nowhere else.
namespace promlite::usage {

// A counter, as the exporter names it but with underscores for dots and hyphens.
struct UsageCounter {
  std::string_view name;
  std::string_view unit;         // as Prometheus' suffix writes it; empty: none
  std::string_view series = "";  // of a histogram: "sum" or "count"; empty: a counter
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
// Whether it is none, but named as one but for what stands before the name (the namespace of a
// Collector's exporter) and for the case of letters.
bool LooksLikeMetricOf(std::string_view metric, const UsageCounter& counter);

// A dotted name with underscores, as Prometheus translates it.
std::string TranslatedName(std::string_view name);

// A column that a counter fills with the series of one kind.
struct CountedKind {
  std::string_view kind;  // the value of the counter's label of kinds; empty: all series
  ReportColumn column;
};

struct AgentCounter {
  UsageCounter counter;
  std::vector<CountedKind> kinds;
  std::string_view kind_label = "type";
  std::string_view model_label = "model";
  // Of the series that count, those where this label has this value; no label: all.
  std::string_view condition_label = "";
  std::string_view condition_value = "";
};

struct Agent {
  std::string_view name;
  std::vector<AgentCounter> counters;
  // Whether what it calls input counts what was read from the cache.
  bool input_includes_cache = true;
  // Whether its counters are words that several agents share, so that they count only where the
  // process (label `job`) has none of its own.
  bool is_shared = false;
};

// Claude Code, and then the others: those with words of their own before those that share them.
const std::vector<Agent>& Agents();
inline bool IsClaudeCode(const Agent& agent) { return &agent == &Agents().front(); }

// Whether a counter or the sum of a histogram, by its name, counts tokens, cost or usage, and not
// of a machine; one of an agent that is listed, by a second way, is none.
bool LooksLikeUsage(std::string_view metric, bool is_counter);

// The model without what says that its context is long, "[1m]".
std::string_view ModelWithoutContext(std::string_view model);

// Labels of the counters. A name with a dot is told both as it is sent and as Prometheus translates
// it; the translated one stands first.
inline constexpr std::string_view kModelLabel = "model";
inline constexpr std::array<std::string_view, 2> kSessionLabels = {"session_id", "session.id"};
// Who used it, the name that says most to a reader first.
inline constexpr std::array<std::string_view, 8> kUserLabels = {
    "user_email",      "user.email",      "user_account_uuid", "user.account_uuid",
    "user_account_id", "user.account_id", "user_id",           "user.id"};
// Which part of the program asked the model, and the part that works on the side, some of whose
// calls have no event.
inline constexpr std::string_view kQuerySourceLabel = "query_source";
inline constexpr std::string_view kAuxiliarySource = "auxiliary";
// The label of the kind of token (TokenKindName()), and of line of code.
inline constexpr std::string_view kTypeLabel = "type";
inline constexpr std::string_view kAddedLines = "added";
inline constexpr std::string_view kRemovedLines = "removed";

// How a session began; one that continues another has an id of its own here, which nothing else
// has.
inline constexpr std::string_view kStartTypeLabel = "start_type";
inline constexpr std::string_view kContinued = "continue";
// The process, as Prometheus names what OTLP calls its service.
inline constexpr std::string_view kJobLabel = "job";

// Labels (or their beginnings) that tell who runs a process, and where: one value a session. What
// else differs inside a session, such as the model, is measured.
inline constexpr std::array<std::string_view, 9> kIdentityLabels = {
    "app", "host", "instance", "job", "organization", "os", "service", "terminal", "user"};

}  // namespace promlite::usage

#endif  // PROMLITE_ENGINE_USAGE_VOCABULARY_H_
