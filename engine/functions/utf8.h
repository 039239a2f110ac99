#ifndef PROMLITE_ENGINE_FUNCTIONS_UTF8_H_
#define PROMLITE_ENGINE_FUNCTIONS_UTF8_H_

#include <cstddef>
#include <string_view>

namespace promlite::internal {

// The length of the valid UTF-8 sequence that `text`, which is not empty, begins with; 0 if it
// begins with none.
size_t Utf8SequenceLength(std::string_view text);

bool IsValidUtf8(std::string_view text);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_FUNCTIONS_UTF8_H_
