#include "promlite/apps/repl/shell/line_editor.h"

#include <histedit.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <utility>

#include "promlite/apps/repl/shell/candidate_list.h"
#include "promlite/apps/repl/terminal/interrupt.h"
#include "promlite/apps/repl/terminal/terminal.h"

namespace promlite::repl {
namespace {

constexpr int kHistoryEntries = 10'000;
constexpr size_t kDefaultWidth = 80;
constexpr size_t kDefaultHeight = 24;

// libedit counts cells by the locale: one that knows UTF-8 is needed to edit what is not ASCII.
void ChooseLocale() {
  const char* chosen = std::setlocale(LC_CTYPE, "");
  const bool knows_utf8 = chosen != nullptr && MB_CUR_MAX > 1;
  if (!knows_utf8) std::setlocale(LC_CTYPE, "C.UTF-8");
}

}  // namespace

struct LineEditor::State {
  Completer completer;
  std::string prompt;
  EditLine* editor = nullptr;
  History* history = nullptr;
  size_t width = 0, height = 0;  // what libedit was told last

  static State* Of(EditLine* editor) {
    void* state = nullptr;
    el_get(editor, EL_CLIENTDATA, &state);
    return static_cast<State*>(state);
  }

  static char* Prompt(EditLine* editor) { return Of(editor)->prompt.data(); }

  static unsigned char CompleteKey(EditLine* editor, wint_t) { return Of(editor)->Complete(); }

  unsigned char Complete() {
    const LineInfo* info = el_line(editor);
    const std::string line(info->buffer, info->lastchar);
    const size_t cursor = info->cursor - info->buffer;
    const Completion completion = completer(line, cursor);
    if (completion.candidates.empty()) return CC_REFRESH_BEEP;
    const std::string word = line.substr(completion.begin, cursor - completion.begin);
    const std::string common = completion.CommonText(word);
    if (common != word) {
      // Deletion is counted in characters.
      el_deletestr(editor, static_cast<int>(CharactersIn(word)));
      if (!common.empty() && el_insertstr(editor, common.c_str()) != 0) return CC_ERROR;
      return CC_REFRESH;
    }
    if (completion.candidates.size() == 1) return CC_NORM;
    const Terminal terminal = DescribeTerminal(stdout);
    const size_t width = terminal.width == 0 ? kDefaultWidth : terminal.width;
    const size_t height = terminal.height == 0 ? kDefaultHeight : terminal.height;
    std::fputs(("\n" + CandidateList(completion.candidates, width, height)).c_str(), stdout);
    std::fflush(stdout);
    return CC_REDISPLAY;
  }

  // The next character, or -1 if Ctrl-C was pressed, be it just before the waiting begins:
  // therefore the signal is let in only while waiting.
  static int ReadCharacter(EditLine* editor, wchar_t* character) {
    std::mbstate_t decoding{};
    while (true) {
      char byte;
      if (!WaitForInput()) return -1;
      Of(editor)->FollowSize();
      const ssize_t got = read(STDIN_FILENO, &byte, 1);
      if (got == 0) return 0;
      if (got < 0) {
        if (errno == EINTR || errno == EAGAIN) continue;
        return -1;
      }
      const size_t used = std::mbrtowc(character, &byte, 1, &decoding);
      if (used == static_cast<size_t>(-2)) continue;  // the character goes on
      if (used == static_cast<size_t>(-1)) {
        decoding = std::mbstate_t();
        continue;
      }
      return 1;
    }
  }

  // The terminal may have another size by now.
  void FollowSize() {
    const Terminal terminal = DescribeTerminal(stdout);
    if (terminal.width == width && terminal.height == height) return;
    width = terminal.width;
    height = terminal.height;
    el_resize(editor);
  }

  // Whether there is input (or its end); false if Ctrl-C was pressed first.
  static bool WaitForInput() {
    sigset_t interrupt, before;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &before);
    bool interrupted = false;
    while (!(interrupted = InterruptFlag()->load(std::memory_order_relaxed))) {
      pollfd waiting{STDIN_FILENO, POLLIN, 0};
      if (ppoll(&waiting, 1, nullptr, &before) > 0) break;
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return !interrupted;
  }

  static size_t CharactersIn(std::string_view text) {
    size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
  }
};

LineEditor::LineEditor(Completer completer) : state_(std::make_unique<State>()) {
  ChooseLocale();
  state_->completer = std::move(completer);
  state_->editor = el_init("repl", stdin, stdout, stderr);
  EditLine* editor = state_->editor;
  el_set(editor, EL_CLIENTDATA, state_.get());
  el_set(editor, EL_PROMPT, &State::Prompt);
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_GETCFN, &State::ReadCharacter);
  // Signals stay ours: Ctrl-C must end a query, and not the program.
  el_set(editor, EL_SIGNAL, 0);
  state_->history = history_init();
  HistEvent event;
  history(state_->history, &event, H_SETSIZE, kHistoryEntries);
  history(state_->history, &event, H_SETUNIQUE, 1);
  el_set(editor, EL_HIST, history, state_->history);
  // In wide characters: of narrow ones libedit makes copies that it never frees.
  el_wset(editor, EL_ADDFN, L"complete-name", L"complete the name at the cursor",
          &State::CompleteKey);
  el_set(editor, EL_BIND, "^I", "complete-name", nullptr);
  el_set(editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  // The user's own key bindings come last.
  el_source(editor, nullptr);
}

LineEditor::~LineEditor() {
  history_end(state_->history);
  el_end(state_->editor);
}

LineEditor::Event LineEditor::ReadLine(std::string_view prompt, std::string* line) {
  state_->prompt = prompt;
  state_->FollowSize();
  // libedit itself would do so only once the prompt is there: what is typed in between would go
  // through the terminal's own line editing.
  el_set(state_->editor, EL_PREP_TERM, 1);
  int length = 0;
  const char* text = el_gets(state_->editor, &length);
  if (TakeInterrupt()) {
    el_reset(state_->editor);
    return Event::kInterrupt;
  }
  if (text == nullptr || length <= 0) return Event::kEnd;
  line->assign(text, length);
  if (line->ends_with('\n')) line->pop_back();
  return Event::kLine;
}

bool LineEditor::HasPendingInput() const {
  pollfd waiting{STDIN_FILENO, POLLIN, 0};
  return poll(&waiting, 1, 0) == 1 && (waiting.revents & POLLIN) != 0;
}

void LineEditor::AddHistory(const std::string& entry) {
  HistEvent event;
  history(state_->history, &event, H_ENTER, entry.c_str());
}

void LineEditor::LoadHistory(const std::string& path) {
  HistEvent event;
  history(state_->history, &event, H_LOAD, path.c_str());
}

void LineEditor::SaveHistory(const std::string& path) {
  // Queries may name what others must not know.
  const mode_t before = umask(0077);
  HistEvent event;
  history(state_->history, &event, H_SAVE, path.c_str());
  umask(before);
}

}  // namespace promlite::repl
