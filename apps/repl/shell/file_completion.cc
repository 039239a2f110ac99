#include "promlite/apps/repl/shell/file_completion.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "promlite/apps/shared/words.h"

namespace promlite::repl {
namespace {

// Where the last word begins: behind the last blank that no backslash escapes.
size_t LastWordBegin(std::string_view text) {
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == ' ' || text[i] == '\t') {
      begin = i + 1;
    }
  }
  return std::min(begin, text.size());
}

}  // namespace

Completion CompleteFile(std::string_view before_cursor) {
  Completion completion;
  completion.begin = LastWordBegin(before_cursor);
  const auto words = SplitWords(before_cursor.substr(completion.begin));
  if (!words.ok()) return completion;
  const std::string word = words->empty() ? std::string() : words->front();
  const size_t slash = word.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : word.substr(0, slash + 1);
  const std::string prefix = word.substr(folder.size());

  std::error_code error;
  std::filesystem::directory_iterator entries(folder.empty() ? "." : folder, error), end;
  for (; !error && entries != end; entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    if (!name.starts_with(prefix) || (name.starts_with('.') && !prefix.starts_with('.'))) continue;
    std::error_code ignored;
    const std::string suffix = entries->is_directory(ignored) ? "/" : "";
    completion.candidates.push_back({EscapeWord(folder + name) + suffix, name + suffix, ""});
  }
  std::sort(completion.candidates.begin(), completion.candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.text < b.text; });
  return completion;
}

}  // namespace promlite::repl
