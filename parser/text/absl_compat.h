#ifndef PROMLITE_PARSER_TEXT_ABSL_COMPAT_H_
#define PROMLITE_PARSER_TEXT_ABSL_COMPAT_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace promlite {

// Debian 12 builds Abseil with a string_view of its own; public headers speak std's. These convert
// (for free) where the two meet, such as absl::Status::message() and absl::StrCat().
inline absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view Std(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace promlite

#endif  // PROMLITE_PARSER_TEXT_ABSL_COMPAT_H_
