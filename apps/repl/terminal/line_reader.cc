#include "promlite/apps/repl/terminal/line_reader.h"

namespace promlite::repl {

bool LineReader::Next(std::string* line, bool* too_long) {
  line->clear();
  *too_long = false;
  bool any = false;
  flockfile(stream_);
  for (int c = getc_unlocked(stream_); c != EOF; c = getc_unlocked(stream_)) {
    any = true;
    if (c == '\n') break;
    if (line->size() < max_bytes_) {
      line->push_back(static_cast<char>(c));
    } else {
      *too_long = true;
    }
  }
  funlockfile(stream_);
  return any;
}

}  // namespace promlite::repl
