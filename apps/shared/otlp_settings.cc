#include "promlite/apps/shared/otlp_settings.h"

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "promlite/apps/shared/suggestion.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

using Delta = OtlpOptions::Delta;
using Strategy = OtlpOptions::TranslationStrategy;

using Member = std::variant<bool OtlpOptions::*, std::vector<std::string> OtlpOptions::*,
                            Strategy OtlpOptions::*, Delta OtlpOptions::*>;

struct Key {
  std::string_view name;
  Member member;
};

const Key kKeys[] = {
    {"translation_strategy", &OtlpOptions::translation_strategy},
    {"promote_resource_attributes", &OtlpOptions::promote_resource_attributes},
    {"promote_all_resource_attributes", &OtlpOptions::promote_all_resource_attributes},
    {"ignore_resource_attributes", &OtlpOptions::ignore_resource_attributes},
    {"keep_identifying_resource_attributes", &OtlpOptions::keep_identifying_resource_attributes},
    {"convert_histograms_to_nhcb", &OtlpOptions::convert_histograms_to_nhcb},
    {"promote_scope_metadata", &OtlpOptions::promote_scope_metadata},
    {"label_name_underscore_sanitization", &OtlpOptions::label_name_underscore_sanitization},
    {"label_name_preserve_multiple_underscores",
     &OtlpOptions::label_name_preserve_multiple_underscores},
    {"delta", &OtlpOptions::delta},
};

// Prometheus' other two ways with deltas are features.
constexpr std::pair<std::string_view, Delta> kDeltas[] = {
    {"running_total", Delta::kRunningTotal},
    {"refuse", Delta::kRefuse},
};

constexpr std::pair<std::string_view, Strategy> kStrategies[] = {
    {"UnderscoreEscapingWithSuffixes", Strategy::kUnderscoreEscapingWithSuffixes},
    {"UnderscoreEscapingWithoutSuffixes", Strategy::kUnderscoreEscapingWithoutSuffixes},
    {"NoUTF8EscapingWithSuffixes", Strategy::kNoUtf8EscapingWithSuffixes},
    {"NoTranslation", Strategy::kNoTranslation},
};

std::string_view Strip(std::string_view text) {
  return Std(absl::StripAsciiWhitespace(Absl(text)));
}

std::string Unquote(std::string_view text) {
  text = Strip(text);
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return std::string(quoted ? text.substr(1, text.size() - 2) : text);
}

absl::StatusOr<bool> ParseBoolean(std::string_view text) {
  const std::string word = absl::AsciiStrToLower(Unquote(text));
  for (const char* yes : {"true", "yes", "on"}) {
    if (word == yes) return true;
  }
  for (const char* no : {"false", "no", "off"}) {
    if (word == no) return false;
  }
  return absl::InvalidArgumentError(absl::StrCat("\"", Absl(text), "\" is neither true nor false"));
}

absl::StatusOr<std::vector<std::string>> ParseList(std::string_view text) {
  text = Strip(text);
  if (text.empty() || text.front() != '[' || text.back() != ']' || text.size() < 2) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", Absl(text), "\" is not a list such as [a, b]"));
  }
  text = Strip(text.substr(1, text.size() - 2));
  std::vector<std::string> items;
  if (text.empty()) return items;
  for (const absl::string_view item : absl::StrSplit(Absl(text), ',')) {
    items.push_back(Unquote(Std(item)));
  }
  // YAML lets a list end in a comma.
  if (Strip(text).back() == ',') items.pop_back();
  return items;
}

// `what`: the words of the error that names what is not among `choices`.
template <typename Choices>
auto ParseChoice(std::string_view text, const Choices& choices, std::string_view what)
    -> absl::StatusOr<std::decay_t<decltype(choices[0].second)>> {
  const std::string name = Unquote(text);
  std::vector<std::string_view> names;
  for (const auto& [known, choice] : choices) {
    if (known == name) return choice;
    names.push_back(known);
  }
  return absl::InvalidArgumentError(
      absl::StrCat(Absl(what), " \"", name, "\"", DidYouMean(name, names)));
}

absl::Status Set(const Member& member, std::string_view value, OtlpOptions* options) {
  const auto store = [&](auto field, auto parsed) {
    if (!parsed.ok()) return parsed.status();
    options->*field = *std::move(parsed);
    return absl::OkStatus();
  };
  if (const auto* flag = std::get_if<bool OtlpOptions::*>(&member)) {
    return store(*flag, ParseBoolean(value));
  }
  if (const auto* list = std::get_if<std::vector<std::string> OtlpOptions::*>(&member)) {
    return store(*list, ParseList(value));
  }
  if (const auto* delta = std::get_if<Delta OtlpOptions::*>(&member)) {
    return store(
        *delta,
        ParseChoice(value, kDeltas, "deltas are counted (running_total) or refused (refuse), not"));
  }
  return store(std::get<Strategy OtlpOptions::*>(member),
               ParseChoice(value, kStrategies, "unsupported OTLP translation strategy"));
}

}  // namespace

std::vector<std::string_view> OtlpKeys() {
  std::vector<std::string_view> names;
  for (const Key& key : kKeys) names.push_back(key.name);
  return names;
}

absl::Status ApplyOtlpSetting(std::string_view setting, OtlpOptions* options) {
  const size_t equals = setting.find('=');
  if (equals == std::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", Absl(setting), "\" is not of the form KEY=VALUE"));
  }
  const std::string_view name = Strip(setting.substr(0, equals));
  const auto* key = std::find_if(std::begin(kKeys), std::end(kKeys),
                                 [&](const Key& k) { return k.name == name; });
  if (key == std::end(kKeys)) {
    return absl::InvalidArgumentError(
        absl::StrCat("unknown key \"", Absl(name), "\"", DidYouMean(name, OtlpKeys())));
  }
  if (absl::Status status = Set(key->member, setting.substr(equals + 1), options); !status.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(Absl(name), ": ", status.message()));
  }
  return absl::OkStatus();
}

}  // namespace promlite::repl
