#ifndef PROMLITE_APPS_REPL_SCRIPT_QUERIES_FILE_H_
#define PROMLITE_APPS_REPL_SCRIPT_QUERIES_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/apps/repl/output/answer.h"
#include "promlite/apps/repl/workspace/workspace.h"
#include "promlite/apps/shared/time_text.h"

namespace promlite::repl {

// A question of a queries file.
struct Question {
  std::string query;
  QueryTimes times;
};

// One line of a queries file: {"query": Q, "time": T}, {"query": Q, "start": A, "end": B, "step":
// S}, or {"query": Q}, which asks at `default_times`. Times are numbers of seconds, or strings as
// ParseTime() takes them; other members are ignored. InvalidArgument with the words of Prometheus'
// HTTP API where it has any ('invalid parameter "end": ...'). Its limit of 11,000 points is not
// kept: that protects a server.
absl::StatusOr<Question> ParseQuestion(std::string_view line, const QueryTimes& default_times,
                                       const TimeReference& reference);

// Answers a file of questions, `-` for standard input, with one JSON body a line, in order; blank
// lines are skipped. A line that is no question is answered by an error.
void AnswerQueriesFile(const std::string& path, Workspace* workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_SCRIPT_QUERIES_FILE_H_
