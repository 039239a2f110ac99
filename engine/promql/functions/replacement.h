#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_REPLACEMENT_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_REPLACEMENT_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/parser/promql/namespaces.h"

namespace re2 {
class RE2;
}

namespace promlite::promql::internal {

// A regular expression that must match a whole text, and a template that is filled with what its
// groups matched. Templates are Go's: `$1`, `${1}`, `$name`, `${name}`, and `$$` for a dollar.
class Replacement {
 public:
  // The errors are those of CompileGoRegex().
  static absl::StatusOr<std::unique_ptr<const Replacement>> Create(std::string_view regex,
                                                                   std::string_view replacement);
  ~Replacement();

  // The template filled, or nothing if `text` does not match. `text` need not be UTF-8: as in Go a
  // stray byte matches what U+FFFD matches, and is itself what a group captured.
  std::optional<std::string> Apply(std::string_view text) const;

 private:
  // Literal text, followed by what a group matched (-1: none).
  struct Piece {
    std::string literal;
    int group = -1;
  };

  Replacement(std::unique_ptr<const re2::RE2> regex, std::string_view replacement);
  void ParseTemplate(std::string_view replacement);
  // The group that a name in the template means; -1 if there is none.
  int FindGroup(std::string_view name) const;

  const std::unique_ptr<const re2::RE2> regex_;
  std::vector<Piece> pieces_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_REPLACEMENT_H_
