#ifndef PROMLITE_APPS_SHARED_WORDS_H_
#define PROMLITE_APPS_SHARED_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

// The arguments of meta commands.
namespace promlite::repl {

// Up to the first blank. REQUIRES: the text does not begin with a blank.
std::string_view FirstWord(std::string_view text);

// Words apart by blanks, as a shell reads them: quotes of either kind hold blanks together, a
// backslash outside single quotes takes the next character as it is. InvalidArgument for a quote
// that is not closed.
absl::StatusOr<std::vector<std::string>> SplitWords(std::string_view text);

// A word that SplitWords() reads back as `text`.
std::string EscapeWord(std::string_view text);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_SHARED_WORDS_H_
