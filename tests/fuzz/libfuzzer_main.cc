// What libFuzzer calls, for the target that PROMLITE_FUZZ_TARGET names.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "promlite/tests/fuzz/targets.h"

namespace {

// libFuzzer keeps inputs that make the program crash.
class AbortOnFailure : public testing::EmptyTestEventListener {
  void OnTestPartResult(const testing::TestPartResult& result) override {
    if (!result.failed()) return;
    std::fprintf(stderr, "%s:%d: %s\n", result.file_name(), result.line_number(), result.message());
    std::abort();
  }
};

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  testing::UnitTest::GetInstance()->listeners().Append(new AbortOnFailure);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  promlite::fuzz::PROMLITE_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
