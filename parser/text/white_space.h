#ifndef PROMLITE_PARSER_TEXT_WHITE_SPACE_H_
#define PROMLITE_PARSER_TEXT_WHITE_SPACE_H_

#include <string_view>

namespace promlite::internal {

// The text without the white space (Unicode's) around it, as Go's strings.TrimSpace.
std::string_view TrimSpace(std::string_view text);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_WHITE_SPACE_H_
