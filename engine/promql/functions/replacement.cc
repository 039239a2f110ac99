#include "promlite/engine/promql/functions/replacement.h"

#include <re2/re2.h>

#include <cstddef>
#include <utility>

#include "promlite/parser/text/go_regex.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::promql::internal {
namespace {

// Takes a group's name off the front of a template that follows a '$': letters, digits and
// underscores, perhaps in braces. Empty if there is none.
std::string_view TakeName(std::string_view* text) {
  static const re2::RE2& pattern =
      *new re2::RE2("\\{([\\pL\\p{Nd}_]+)\\}|([\\pL\\p{Nd}_]+)", re2::RE2::Quiet);
  re2::StringPiece groups[3];
  if (!pattern.Match(re2::StringPiece(text->data(), text->size()), 0, text->size(),
                     re2::RE2::ANCHOR_START, groups, 3)) {
    return {};
  }
  text->remove_prefix(groups[0].size());
  const re2::StringPiece& name = groups[1].data() != nullptr ? groups[1] : groups[2];
  return {name.data(), name.size()};
}

}  // namespace

absl::StatusOr<std::unique_ptr<const Replacement>> Replacement::Create(
    std::string_view regex, std::string_view replacement) {
  auto compiled = CompileGoRegex(regex, RegexFrame::kAnchors);
  if (!compiled.ok()) return compiled.status();
  return std::unique_ptr<const Replacement>(new Replacement(*std::move(compiled), replacement));
}

Replacement::Replacement(std::unique_ptr<const re2::RE2> regex, std::string_view replacement)
    : regex_(std::move(regex)) {
  ParseTemplate(replacement);
}

Replacement::~Replacement() = default;

int Replacement::FindGroup(std::string_view name) const {
  // A name of digits is a number, unless it has a leading zero; beyond 1e8 there are no groups.
  bool number = name.size() == 1 || name[0] != '0';
  int group = 0;
  for (char c : name) {
    if (c < '0' || c > '9' || group >= 100'000'000) {
      number = false;
      break;
    }
    group = group * 10 + (c - '0');
  }
  if (number) return group <= regex_->NumberOfCapturingGroups() ? group : -1;
  const auto& names = regex_->NamedCapturingGroups();
  const auto found = names.find(std::string(name));
  return found == names.end() ? -1 : found->second;
}

void Replacement::ParseTemplate(std::string_view replacement) {
  pieces_.emplace_back();
  for (;;) {
    const size_t dollar = replacement.find('$');
    pieces_.back().literal.append(replacement.substr(0, dollar));
    if (dollar == std::string_view::npos) return;
    replacement.remove_prefix(dollar + 1);
    if (!replacement.empty() && replacement[0] == '$') {
      pieces_.back().literal.push_back('$');
      replacement.remove_prefix(1);
      continue;
    }
    const std::string_view name = TakeName(&replacement);
    if (name.empty()) {
      pieces_.back().literal.push_back('$');
      continue;
    }
    pieces_.back().group = FindGroup(name);
    pieces_.emplace_back();
  }
}

std::optional<std::string> Replacement::Apply(std::string_view text) const {
  std::string valid;
  std::vector<size_t> origins;  // where the bytes of `valid` come from; empty if `text` is matched
  std::string_view matched = text;
  if (!IsValidUtf8(text)) {
    valid = ReplaceInvalidUtf8(text, &origins);
    matched = valid;
  }
  std::vector<re2::StringPiece> groups(static_cast<size_t>(regex_->NumberOfCapturingGroups()) + 1);
  if (!regex_->Match(re2::StringPiece(matched.data(), matched.size()), 0, matched.size(),
                     re2::RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) {
    return std::nullopt;
  }
  std::string out;
  for (const Piece& piece : pieces_) {
    out.append(piece.literal);
    if (piece.group < 0) continue;
    const re2::StringPiece& group = groups[static_cast<size_t>(piece.group)];
    if (group.data() == nullptr) continue;
    auto begin = static_cast<size_t>(group.data() - matched.data());
    size_t end = begin + group.size();
    if (!origins.empty()) {
      begin = origins[begin];
      end = origins[end];
    }
    out.append(text.substr(begin, end - begin));
  }
  return out;
}

}  // namespace promlite::promql::internal
