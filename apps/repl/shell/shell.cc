#include "promlite/apps/repl/shell/shell.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string_view>

#include "promlite/apps/repl/commands/catalogue.h"
#include "promlite/apps/repl/commands/help_text.h"
#include "promlite/apps/repl/script/script.h"
#include "promlite/apps/repl/shell/completion.h"
#include "promlite/apps/repl/shell/history_file.h"
#include "promlite/apps/repl/shell/line_editor.h"
#include "promlite/apps/repl/terminal/interrupt.h"
#include "promlite/apps/repl/text/statement.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/repl/text/token_scan.h"
#include "promlite/apps/shared/time_text.h"

namespace promlite::repl {
namespace {

class Shell {
 public:
  explicit Shell(Workspace* workspace)
      : workspace_(workspace),
        catalogue_(CatalogueOf(&workspace->database())),
        editor_(
            [this](std::string_view line, size_t cursor) { return CompleteLine(line, cursor); }),
        history_file_(HistoryFile()) {}

  void Run() {
    CatchInterrupts();
    if (!history_file_.empty()) editor_.LoadHistory(history_file_);
    std::string text = VersionText();
    text.insert(text.size() - 1, ": \\help lists the commands, Tab completes names");
    workspace_->Print(text);
    std::string line;
    while (!workspace_->quitting()) {
      switch (editor_.ReadLine(Prompt(), &line)) {
        case LineEditor::Event::kLine:
          TakeLine(line);
          break;
        case LineEditor::Event::kInterrupt:
          workspace_->Print("^C\n");
          statement_.Clear();
          break;
        case LineEditor::Event::kEnd:
          workspace_->Print("\n");
          workspace_->Quit();
          break;
      }
    }
    if (!history_file_.empty()) editor_.SaveHistory(history_file_);
  }

 private:
  std::string Prompt() const {
    const std::string prompt = PromptText(*workspace_);
    if (statement_.empty()) return prompt;
    return std::string(DisplayWidth(prompt) - 5, ' ') + "...> ";
  }

  void TakeLine(const std::string& line) {
    if (statement_.complete()) {
      // Held back while lines were being pasted: see below.
      if (StatementReader::ContinuesQuery(line)) {
        statement_.Resume();
      } else {
        RunNow();
      }
    }
    statement_.AddLine(line);
    if (!statement_.complete()) return;
    // In pasted text the query may go on in the next line, beginning with an operator.
    const bool is_command = statement_.text().starts_with('\\');
    if (!is_command && !line.empty() && editor_.HasPendingInput()) return;
    RunNow();
  }

  void RunNow() {
    const std::string text = statement_.text();
    const bool too_long = statement_.too_long();
    statement_.Clear();
    if (too_long) {
      workspace_->Complain("the query is too long");
      return;
    }
    const bool is_command = text.starts_with('\\');
    editor_.AddHistory(is_command ? text : JoinLines(text));
    TakeInterrupt();
    RunStatement(text, "", workspace_);
    // It was meant for the query, whether it came in time or not.
    TakeInterrupt();
    std::fflush(stdout);
  }

  Completion CompleteLine(std::string_view line, size_t cursor) const {
    const promql::UnquotedNames names =
        promql::UnquotedNamesOf(workspace_->engine().parse_options());
    if (statement_.empty()) return Complete(line, cursor, *catalogue_, names);
    // Earlier lines of the query tell where the cursor is.
    const std::string before = statement_.text() + "\n";
    Completion completion =
        Complete(before + std::string(line), before.size() + cursor, *catalogue_, names);
    completion.begin -= std::min(completion.begin, before.size());
    return completion;
  }

  Workspace* const workspace_;
  const std::unique_ptr<Catalogue> catalogue_;
  LineEditor editor_;
  const std::string history_file_;
  StatementReader statement_;
};

}  // namespace

std::string PromptText(const Workspace& workspace) {
  const QueryTimes times = workspace.QueryTimesNow();
  if (times.is_range()) {
    return TimeText(times.start) + ".." + TimeText(times.end) + "/" + DurationText(times.step) +
           "> ";
  }
  if (!workspace.settings().time && !workspace.HasSamples()) return "no data> ";
  return TimeText(times.start) + "> ";
}

void RunShell(Workspace* workspace) { Shell(workspace).Run(); }

}  // namespace promlite::repl
