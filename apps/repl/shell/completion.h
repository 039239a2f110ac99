#ifndef PROMLITE_APPS_REPL_SHELL_COMPLETION_H_
#define PROMLITE_APPS_REPL_SHELL_COMPLETION_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/apps/repl/commands/catalogue.h"
#include "promlite/parser/promql/names.h"

namespace promlite::repl {

struct Candidate {
  std::string text;     // what takes the place of the word that is being typed
  std::string display;  // what the list shows: the bare name
  std::string note;     // beside it in the list: a type, a signature; may be empty
};

struct Completion {
  // The bytes [begin, cursor) of the text are the word that is being typed.
  size_t begin = 0;
  std::vector<Candidate> candidates;  // sorted by text

  // The longest text with which all candidates begin, at least the word itself.
  std::string CommonText(std::string_view word) const;
};

// What could stand at `cursor` of a statement: meta commands and their arguments, metric names,
// functions, keywords, label names, label values, ranges. A word that begins no name finds those
// that contain it. Names stand without quotes where `names` says that queries may write them so.
Completion Complete(std::string_view statement, size_t cursor, const Catalogue& catalogue,
                    promql::UnquotedNames names);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_SHELL_COMPLETION_H_
