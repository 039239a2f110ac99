#ifndef PROMLITE_TESTS_FUZZ_LOAD_BYTES_H_
#define PROMLITE_TESTS_FUZZ_LOAD_BYTES_H_

#include <string_view>

namespace promlite::fuzz {

// Loads a file of this content and reads all back. There are problems if, and only if, the status
// is not OK.
void LoadBytes(std::string_view content);

}  // namespace promlite::fuzz

#endif  // PROMLITE_TESTS_FUZZ_LOAD_BYTES_H_
