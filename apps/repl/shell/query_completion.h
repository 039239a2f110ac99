#ifndef PROMLITE_APPS_REPL_SHELL_QUERY_COMPLETION_H_
#define PROMLITE_APPS_REPL_SHELL_QUERY_COMPLETION_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "promlite/apps/repl/commands/catalogue.h"
#include "promlite/apps/repl/shell/completion.h"
#include "promlite/parser/promql/names.h"

namespace promlite::repl {

// Complete(), for PromQL alone.
Completion CompleteQuery(std::string_view query, size_t cursor, const Catalogue& catalogue,
                         promql::UnquotedNames names);

// The candidates that begin with the word, or, if there is none, contain it; sorted, each once.
std::vector<Candidate> MatchingCandidates(std::string_view word, std::vector<Candidate> candidates);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_SHELL_QUERY_COMPLETION_H_
