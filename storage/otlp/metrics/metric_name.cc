#include "promlite/storage/otlp/metrics/metric_name.h"

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_join.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/storage/otlp/metrics/labels/label_name.h"

namespace promlite::internal {

namespace {

using Tokens = std::vector<std::string>;

// The runs of characters that may stand in an escaped name.
Tokens SplitIntoTokens(std::string_view name, bool keeps_underscores) {
  Tokens tokens;
  bool inside = false;
  for (const char c : name) {  // bytes beyond ASCII separate, however many make a rune
    const bool stays =
        IsMetricNameCharacter(static_cast<unsigned char>(c)) || (keeps_underscores && c == '_');
    if (stays && !inside) tokens.emplace_back();
    if (stays) tokens.back().push_back(c);
    inside = stays;
  }
  return tokens;
}

bool Contains(const Tokens& tokens, std::string_view token) {
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

void AppendUnitTokens(std::string_view unit, Tokens* tokens) {
  const UnitSuffixes suffixes = BuildUnitSuffixes(unit);
  std::string main = CleanUnit(suffixes.main);
  std::string per = CleanUnit(suffixes.per);
  if (Contains(*tokens, main)) main.clear();
  if (per == "per_") per.clear();  // all that cleaning leaves of a unit of foreign characters
  if (per.ends_with('_')) per.pop_back();
  if (Contains(*tokens, per)) per.clear();
  if (!per.empty() && main.ends_with('_')) main.pop_back();
  if (!main.empty()) tokens->push_back(main);
  if (!per.empty()) tokens->push_back(per);
}

void MoveToEnd(std::string_view token, Tokens* tokens) {
  std::erase(*tokens, token);
  tokens->emplace_back(token);
}

std::string EscapedName(std::string_view name, std::string_view unit, SuffixKind kind,
                        bool with_suffixes) {
  Tokens tokens = SplitIntoTokens(name, !with_suffixes);
  if (with_suffixes) {
    AppendUnitTokens(unit, &tokens);
    if (kind == SuffixKind::kMonotonicSum) MoveToEnd("total", &tokens);
    if (kind == SuffixKind::kGauge && unit == "1") MoveToEnd("ratio", &tokens);
  }
  std::string escaped = absl::StrJoin(tokens, "_");
  if (!escaped.empty() && escaped[0] >= '0' && escaped[0] <= '9') escaped.insert(0, "_");
  return escaped;
}

// Cuts a suffix off and one byte more, which is taken for the delimiter, unless nothing remained.
void CutSuffix(std::string_view suffix, std::string* name) {
  if (name->ends_with(suffix) && name->size() > suffix.size() + 1) {
    name->resize(name->size() - suffix.size() - 1);
  }
}

std::string SuffixedName(std::string_view name, std::string_view unit, SuffixKind kind) {
  std::string_view type_suffix;
  if (kind == SuffixKind::kGauge && unit == "1") type_suffix = "ratio";
  if (kind == SuffixKind::kMonotonicSum) type_suffix = "total";
  const UnitSuffixes suffixes = BuildUnitSuffixes(unit);

  std::string built(name);
  if (!type_suffix.empty()) CutSuffix(type_suffix, &built);
  if (!suffixes.per.empty()) CutSuffix(suffixes.per, &built);
  // Not cut and added again like the others, since it is the innermost; nor is it asked whether a
  // delimiter stands before it.
  if (!suffixes.main.empty() && !built.ends_with(suffixes.main)) built += "_" + suffixes.main;
  if (!suffixes.per.empty()) built += "_" + suffixes.per;
  if (!type_suffix.empty()) {
    built.push_back('_');
    built += type_suffix;
  }
  return built;
}

}  // namespace

absl::StatusOr<std::string> BuildMetricName(std::string_view name, std::string_view unit,
                                            SuffixKind kind,
                                            OtlpOptions::TranslationStrategy strategy) {
  const bool with_suffixes = AddsSuffixes(strategy);
  if (EscapingOf(strategy) == Escaping::kNone) {
    return with_suffixes ? SuffixedName(name, unit, kind) : std::string(name);
  }
  std::string escaped = EscapedName(name, unit, kind, with_suffixes);
  if (escaped.empty()) {
    return absl::InvalidArgumentError("normalization for metric " + DoubleQuoted(name) +
                                      " resulted in empty name");
  }
  if (escaped != name && escaped.find_first_not_of('_') == escaped.npos) {
    return absl::InvalidArgumentError("normalization for metric " + DoubleQuoted(name) +
                                      " resulted in invalid name " + DoubleQuoted(escaped));
  }
  return escaped;
}

}  // namespace promlite::internal
