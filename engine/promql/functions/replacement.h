#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_REPLACEMENT_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_REPLACEMENT_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/parser/promql/namespaces.h"

namespace re2 {
class RE2;
}

namespace promlite::promql::internal {

// A regular expression that must match a whole text, and a template in Go's syntax ($1, ${1},
// $name,
// ${name}, $$) that is filled with what its groups matched.
class Replacement {
 public:
  // Null if the regular expression does not compile.
  static std::unique_ptr<Replacement> Create(std::string_view regex, std::string_view replacement);
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

  explicit Replacement(std::string_view regex);
  void ParseTemplate(std::string_view replacement);
  // The group that a name in the template means; -1 if there is none.
  int FindGroup(std::string_view name) const;

  std::unique_ptr<re2::RE2> regex_;
  std::vector<Piece> pieces_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_REPLACEMENT_H_
