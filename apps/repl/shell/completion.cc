#include "promlite/apps/repl/shell/completion.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/apps/repl/commands/commands.h"
#include "promlite/apps/repl/shell/file_completion.h"
#include "promlite/apps/repl/shell/query_completion.h"
#include "promlite/apps/shared/words.h"
#include "promlite/parser/promql/functions.h"

namespace promlite::repl {
namespace {

Candidate Word(std::string_view word) { return {std::string(word), std::string(word), ""}; }

std::vector<Candidate> Words(std::initializer_list<std::string_view> words) {
  std::vector<Candidate> candidates;
  for (const std::string_view word : words) candidates.push_back(Word(word));
  return candidates;
}

std::vector<Candidate> CommandNames() {
  std::vector<Candidate> candidates;
  for (const Command& command : AllCommands()) {
    const std::string name = "\\" + std::string(command.name);
    candidates.push_back(
        {command.arguments.empty() ? name : name + " ", name, std::string(command.arguments)});
  }
  return candidates;
}

std::vector<Candidate> Topics() {
  std::vector<Candidate> candidates;
  for (const Command& command : AllCommands()) candidates.push_back(Word(command.name));
  for (const promql::Function& function : promql::AllFunctions())
    candidates.push_back(Word(function.name));
  return candidates;
}

// The last word of the argument, up to the cursor, completed from a fixed list.
Completion CompleteWord(std::string_view before_cursor, std::vector<Candidate> candidates) {
  const size_t blank = before_cursor.find_last_of(" \t");
  Completion completion;
  completion.begin = blank == std::string_view::npos ? 0 : blank + 1;
  completion.candidates =
      MatchingCandidates(before_cursor.substr(completion.begin), std::move(candidates));
  return completion;
}

// What may follow the words before the one that is being typed.
std::vector<Candidate> ReportWords(std::string_view words_before) {
  const absl::StatusOr<std::vector<std::string>> words = SplitWords(words_before);
  if (!words.ok()) return {};
  const std::string last = words->empty() ? "" : words->back();
  if (last == "by") return Words({"model"});
  if (last == "--timezone") return Words({"UTC", "local"});
  if (last == "--since" || last == "--until") return Words({"newest", "now", "oldest"});
  const auto is_there = [&](std::string_view name) {
    return std::find(words->begin(), words->end(), name) != words->end();
  };
  const std::initializer_list<std::string_view> rows = {"day", "month", "session", "user", "week"};
  std::vector<Candidate> candidates;
  for (const std::string_view name : {"--show-queries", "--since", "--timezone", "--until", "by"}) {
    if (!is_there(name)) candidates.push_back(Word(name));
  }
  if (std::none_of(rows.begin(), rows.end(), is_there)) {
    for (const std::string_view name : rows) candidates.push_back(Word(name));
  }
  return candidates;
}

Completion CompleteArgument(const Command& command, std::string_view argument, size_t cursor,
                            const Catalogue& catalogue, promql::UnquotedNames names) {
  const std::string_view before = argument.substr(0, cursor);
  switch (command.kind) {
    case ArgumentKind::kNone:
      return {cursor, {}};
    case ArgumentKind::kQuery:
      return CompleteQuery(argument, cursor, catalogue, names);
    case ArgumentKind::kFiles:
      return CompleteFile(before);
    case ArgumentKind::kOutput:
      return CompleteWord(before, Words({"table", "json", "csv", "chart"}));
    case ArgumentKind::kOnOff:
      return CompleteWord(before, Words({"on", "off"}));
    case ArgumentKind::kTime:
      return CompleteWord(before, command.name == "range"
                                      ? Words({"all", "newest", "now", "off", "oldest"})
                                      : Words({"newest", "now", "oldest"}));
    case ArgumentKind::kReport:
      return CompleteWord(before, ReportWords(before.substr(0, before.find_last_of(" \t") + 1)));
    case ArgumentKind::kTopic:
      return CompleteWord(before, Topics());
    case ArgumentKind::kLabel: {
      if (before.find(' ') != std::string_view::npos) {
        return CompleteQuery(argument, cursor, catalogue, names);
      }
      std::vector<Candidate> labels = {Word("__name__")};
      for (const std::string& name : catalogue.LabelNames({})) labels.push_back(Word(name));
      return CompleteWord(before, std::move(labels));
    }
  }
  return {cursor, {}};
}

Completion Shifted(Completion completion, size_t offset) {
  completion.begin += offset;
  return completion;
}

}  // namespace

std::string Completion::CommonText(std::string_view word) const {
  if (candidates.empty()) return std::string(word);
  std::string_view common = candidates.front().text;
  for (const Candidate& candidate : candidates) {
    const auto [end, other] =
        std::mismatch(common.begin(), common.end(), candidate.text.begin(), candidate.text.end());
    common = common.substr(0, end - common.begin());
  }
  // Not half a character.
  while (!common.empty() && common.size() < candidates.front().text.size() &&
         (static_cast<unsigned char>(candidates.front().text[common.size()]) & 0xC0) == 0x80) {
    common.remove_suffix(1);
  }
  const bool goes_on = common.size() >= word.size() && common.starts_with(word);
  return std::string(goes_on || candidates.size() == 1 ? common : word);
}

Completion Complete(std::string_view statement, size_t cursor, const Catalogue& catalogue,
                    promql::UnquotedNames names) {
  cursor = std::min(cursor, statement.size());
  const size_t first = statement.find_first_not_of(" \t");
  if (first == std::string_view::npos || first >= cursor || statement[first] != '\\') {
    return CompleteQuery(statement, cursor, catalogue, names);
  }
  const size_t name_end = std::min(statement.find_first_of(" \t", first), statement.size());
  if (cursor <= name_end) {
    return {first, MatchingCandidates(statement.substr(first, cursor - first), CommandNames())};
  }
  const Command* command = FindCommand(statement.substr(first + 1, name_end - first - 1));
  if (command == nullptr) return {cursor, {}};
  const size_t argument = std::min(statement.find_first_not_of(" \t", name_end), cursor);
  return Shifted(
      CompleteArgument(*command, statement.substr(argument), cursor - argument, catalogue, names),
      argument);
}

}  // namespace promlite::repl
