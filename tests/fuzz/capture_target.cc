#include "promlite/tests/fuzz/load_bytes.h"
#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {

void FuzzCapture(std::string_view file) { LoadBytes(file); }

}  // namespace promlite::fuzz
