#ifndef PROMLITE_APPS_REPL_SHELL_LINE_EDITOR_H_
#define PROMLITE_APPS_REPL_SHELL_LINE_EDITOR_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "promlite/apps/repl/shell/completion.h"

namespace promlite::repl {

// Reads lines from the terminal on standard input, with editing (Emacs keys, or as ~/.editrc says),
// history and completion: libedit.
class LineEditor {
 public:
  // Completes a line at a byte of it.
  using Completer = std::function<Completion(std::string_view line, size_t cursor)>;

  explicit LineEditor(Completer completer);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  enum class Event { kLine, kInterrupt, kEnd };
  // The next line, without its line feed. kInterrupt: Ctrl-C was pressed (see CatchInterrupts());
  // kEnd: Ctrl-D, or the terminal is gone.
  Event ReadLine(std::string_view prompt, std::string* line);

  // Whether more input is waiting already, as when lines are pasted.
  bool HasPendingInput() const;

  // History, the oldest first. Adding the last entry again changes nothing.
  void AddHistory(const std::string& entry);
  void LoadHistory(const std::string& path);
  void SaveHistory(const std::string& path);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_SHELL_LINE_EDITOR_H_
