#include "promlite/apps/repl/script/script.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "promlite/apps/repl/commands/commands.h"
#include "promlite/apps/repl/terminal/line_reader.h"
#include "promlite/apps/repl/text/statement.h"
#include "promlite/apps/repl/workspace/query_runner.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

bool IsCommentOnly(std::string_view line) {
  return Std(absl::StripAsciiWhitespace(Absl(line))).starts_with('#');
}

class Script {
 public:
  Script(std::FILE* stream, std::string_view name, Workspace* workspace)
      : reader_(stream, StatementReader::kMaxBytes), name_(name), workspace_(workspace) {}

  void Run() {
    std::string line;
    bool too_long;
    while (!workspace_->quitting() && reader_.Next(&line, &too_long)) {
      ++line_number_;
      if (statement_.complete() && !TakeLine(line)) continue;
      if (statement_.empty()) first_line_ = line_number_;
      statement_.AddLine(line);
      if (too_long || statement_.too_long()) {
        workspace_->Fail();
        workspace_->Complain(
            absl::StrCat(Place(), "a query of more than ", StatementReader::kMaxBytes, " bytes"));
        return;
      }
      // A command never goes on; a query might.
      if (statement_.complete() && statement_.text().front() == '\\') RunNow();
    }
    if (!workspace_->quitting() && !statement_.empty()) RunNow();
  }

 private:
  // The line behind a complete query: whether it goes on there. If not, the query is run, and the
  // line begins the next. A comment between the two decides nothing.
  bool TakeLine(const std::string& line) {
    if (IsCommentOnly(line)) return false;
    if (StatementReader::ContinuesQuery(line)) {
      statement_.Resume();
    } else {
      RunNow();
    }
    return true;
  }

  void RunNow() {
    RunStatement(statement_.text(), Place(), workspace_);
    statement_.Clear();
  }

  std::string Place() const { return absl::StrCat(Absl(name_), ":", first_line_, ": "); }

  LineReader reader_;
  const std::string_view name_;
  Workspace* const workspace_;
  StatementReader statement_;
  size_t line_number_ = 0;
  size_t first_line_ = 0;
};

}  // namespace

void RunStatement(std::string_view text, std::string_view place, Workspace* workspace) {
  const std::string_view stripped = Std(absl::StripAsciiWhitespace(Absl(text)));
  if (stripped.starts_with('\\')) {
    RunCommand(stripped, place, workspace);
    return;
  }
  AnswerQuery(text, workspace->QueryTimesNow(), workspace->settings().output, place, workspace);
}

void RunScript(std::FILE* stream, std::string_view name, Workspace* workspace) {
  Script(stream, name, workspace).Run();
}

}  // namespace promlite::repl
