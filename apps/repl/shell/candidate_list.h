#ifndef PROMLITE_APPS_REPL_SHELL_CANDIDATE_LIST_H_
#define PROMLITE_APPS_REPL_SHELL_CANDIDATE_LIST_H_

#include <cstddef>
#include <string>
#include <vector>

#include "promlite/apps/repl/shell/completion.h"

namespace promlite::repl {

// The candidates as they are listed below the line that is being typed: few ones one a line with
// their notes, more of them in columns, at most a screen of `height` lines; the rest is counted.
std::string CandidateList(const std::vector<Candidate>& candidates, size_t width, size_t height);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_SHELL_CANDIDATE_LIST_H_
