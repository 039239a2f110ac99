#include "promlite/engine/usage/vocabulary.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::usage {
namespace {

constexpr std::string_view kRequestModel = "gen_ai_request_model";

// OpenAI's Codex 0.171. Its histogram has a kind `total` too, the sum of input and output.
Agent Codex() {
  return {"Codex",
          {{{"codex_turn_token_usage", "", "sum"},
            {{"input", ReportColumn::kInput},
             {"output", ReportColumn::kOutput},
             {"cached_input", ReportColumn::kCacheRead},
             {"cache_write_input", ReportColumn::kCacheCreation},
             {"reasoning_output", ReportColumn::kReasoning}},
            "token_type"},
           {{"codex_api_request", ""},
            {{"", ReportColumn::kRequests}},
            "type",
            "model",
            "success",
            "true"},
           {{"codex_thread_started", ""}, {{"", ReportColumn::kSessions}}}}};
}

std::vector<CountedKind> KindsOfGemini() {
  return {{"input", ReportColumn::kInput},
          {"output", ReportColumn::kOutput},
          {"cache", ReportColumn::kCacheRead},
          {"thought", ReportColumn::kReasoning}};
}

AgentCounter AnsweredByStatus(std::string_view name) {
  return {{name, ""}, {{"", ReportColumn::kRequests}}, "type", "model", "status_code", "200"};
}

// Google's Gemini CLI 0.61.
Agent GeminiCli() {
  return {
      "Gemini CLI",
      {{{"gemini_cli_token_usage", ""}, KindsOfGemini()},
       AnsweredByStatus("gemini_cli_api_request_count"),
       {{"gemini_cli_session_count", ""}, {{"", ReportColumn::kSessions}}},
       {{"gemini_cli_lines_changed", ""},
        {{kAddedLines, ReportColumn::kLinesAdded}, {kRemovedLines, ReportColumn::kLinesRemoved}}}}};
}

// Qwen Code 0.24, which descends from Gemini CLI.
Agent QwenCode() {
  return {"Qwen Code",
          {{{"qwen_code_token_usage", ""}, KindsOfGemini()},
           AnsweredByStatus("qwen_code_api_request_count"),
           {{"qwen_code_session_count", ""}, {{"", ReportColumn::kSessions}}}}};
}

AgentCounter OfCopilot(const UsageCounter& counter, ReportColumn column) {
  return {counter, {{"", column}}, "type", kRequestModel};
}

// GitHub's Copilot CLI 1.0.
Agent CopilotCli() {
  AgentCounter answered =
      OfCopilot({"gen_ai_client_inference_duration", "seconds", "count"}, ReportColumn::kRequests);
  answered.condition_label = "error_type";
  return {"Copilot CLI",
          {OfCopilot({"gen_ai_client_inference_usage_input_tokens", ""}, ReportColumn::kInput),
           OfCopilot({"gen_ai_client_inference_usage_output_tokens", ""}, ReportColumn::kOutput),
           OfCopilot({"gen_ai_client_inference_usage_cache_read_input_tokens", ""},
                     ReportColumn::kCacheRead),
           OfCopilot({"gen_ai_client_inference_usage_cache_write_input_tokens", ""},
                     ReportColumn::kCacheCreation),
           OfCopilot({"gen_ai_client_inference_usage_reasoning_output_tokens", ""},
                     ReportColumn::kReasoning),
           answered, OfCopilot({"github_copilot_code_lines_added", ""}, ReportColumn::kLinesAdded),
           OfCopilot({"github_copilot_code_lines_removed", ""}, ReportColumn::kLinesRemoved)}};
}

// Whatever follows OpenTelemetry's conventions for generative AI.
Agent OtherAgents() {
  return {"other",
          {{{"gen_ai_client_token_usage", "token", "sum"},
            {{"input", ReportColumn::kInput}, {"output", ReportColumn::kOutput}},
            "gen_ai_token_type",
            kRequestModel}},
          true,
          true};
}

Agent ClaudeCode() {
  return {
      "Claude Code",
      {{kCostUsage, {{"", ReportColumn::kCost}}},
       {kTokenUsage,
        {{TokenKindName(TokenKind::kInput), ReportColumn::kInput},
         {TokenKindName(TokenKind::kOutput), ReportColumn::kOutput},
         {TokenKindName(TokenKind::kCacheRead), ReportColumn::kCacheRead},
         {TokenKindName(TokenKind::kCacheCreation), ReportColumn::kCacheCreation}}},
       {kSessionCount, {{"", ReportColumn::kSessions}}},
       {kCommitCount, {{"", ReportColumn::kCommits}}},
       {kPullRequestCount, {{"", ReportColumn::kPullRequests}}},
       {kLinesOfCodeCount,
        {{kAddedLines, ReportColumn::kLinesAdded}, {kRemovedLines, ReportColumn::kLinesRemoved}}},
       {kActiveTime, {{"", ReportColumn::kActiveTime}}}},
      false};
}

// Copilot CLI tells the tokens of its sums by histograms too.
constexpr std::array<std::string_view, 2> kToldTwice = {
    "gen_ai_client_inference_operation_input_tokens",
    "gen_ai_client_inference_operation_output_tokens"};

constexpr std::array<std::string_view, 4> kWordsOfUsage = {"token", "tokens", "cost", "usage"};
constexpr std::array<std::string_view, 10> kWordsOfMachines = {
    "cpu", "memory", "disk", "network", "filesystem", "process", "go", "node", "container", "heap"};

std::string WithoutSuffixes(std::string_view metric, const UsageCounter& counter) {
  std::string plain = TranslatedName(metric);
  const auto cut = [&](std::string_view word) {
    if (word.empty() || plain.size() <= word.size() + 1) return false;
    const size_t at = plain.size() - word.size();
    if (plain[at - 1] != '_' || !plain.ends_with(word)) return false;
    plain.resize(at - 1);
    return true;
  };
  if (!counter.series.empty()) {
    if (!cut(counter.series)) return "";
    if (plain != counter.name) cut(counter.unit);
    return plain;
  }
  cut("total");
  if (plain != counter.name) cut(counter.unit);
  if (plain != counter.name) cut("total");
  return plain;
}

bool IsListed(std::string_view metric) {
  for (const Agent& agent : Agents()) {
    for (const AgentCounter& counter : agent.counters) {
      if (IsMetricOf(metric, counter.counter) || LooksLikeMetricOf(metric, counter.counter)) {
        return true;
      }
    }
  }
  const std::string name = TranslatedName(metric);
  return std::any_of(kToldTwice.begin(), kToldTwice.end(),
                     [&](std::string_view told) { return name.starts_with(told); });
}

}  // namespace

std::string TranslatedName(std::string_view name) {
  std::string translated(name);
  std::replace(translated.begin(), translated.end(), '.', '_');
  std::replace(translated.begin(), translated.end(), '-', '_');
  return translated;
}

bool IsMetricOf(std::string_view metric, const UsageCounter& counter) {
  return WithoutSuffixes(metric, counter) == counter.name;
}

bool LooksLikeMetricOf(std::string_view metric, const UsageCounter& counter) {
  if (IsMetricOf(metric, counter)) return false;
  const std::string unit = absl::AsciiStrToLower(Absl(counter.unit));
  const std::string name =
      WithoutSuffixes(absl::AsciiStrToLower(Absl(metric)), {counter.name, unit, counter.series});
  return name == counter.name || name.ends_with("_" + std::string(counter.name));
}

const std::vector<Agent>& Agents() {
  static const auto* const agents = new std::vector<Agent>{
      ClaudeCode(), Codex(), GeminiCli(), QwenCode(), CopilotCli(), OtherAgents()};
  return *agents;
}

bool LooksLikeUsage(std::string_view metric, bool is_counter) {
  const std::string name = absl::AsciiStrToLower(Absl(metric));
  const bool is_sum = name.ends_with("_sum");
  if (!is_counter && !is_sum && !name.ends_with("_total")) return false;
  bool is_usage = false;
  const std::string translated = TranslatedName(name);
  for (const absl::string_view part : absl::StrSplit(translated, '_')) {
    const std::string_view word = Std(part);
    const auto is_among = [&](const auto& words) {
      return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (is_among(kWordsOfMachines)) return false;
    is_usage = is_usage || (is_among(kWordsOfUsage) && !(is_sum && word == "usage"));
  }
  return is_usage && !IsListed(metric);
}

std::string_view ModelWithoutContext(std::string_view model) {
  constexpr std::string_view kLongContext = "[1m]";
  if (model.ends_with(kLongContext)) model.remove_suffix(kLongContext.size());
  return model;
}

}  // namespace promlite::usage
