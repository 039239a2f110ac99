#ifndef PROMLITE_APPS_REPL_TERMINAL_LINE_READER_H_
#define PROMLITE_APPS_REPL_TERMINAL_LINE_READER_H_

#include <cstddef>
#include <cstdio>
#include <string>

namespace promlite::repl {

// The lines of a stream, one after another, in bounded memory.
class LineReader {
 public:
  // Does not own the stream. Lines of more than `max_bytes` are cut there, and the rest of them
  // left out.
  LineReader(std::FILE* stream, size_t max_bytes) : stream_(stream), max_bytes_(max_bytes) {}

  // The next line without its line feed; false at the end. `too_long`: it was cut.
  bool Next(std::string* line, bool* too_long);

 private:
  std::FILE* stream_;
  const size_t max_bytes_;
};

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_TERMINAL_LINE_READER_H_
