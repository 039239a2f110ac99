#include <gtest/gtest.h>

#include "promlite/apps/promqltest/script.h"
#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {

void FuzzScript(std::string_view script) {
  const auto commands = promqltest::ParseScript(script);
  EXPECT_TRUE(commands.ok() || absl::IsInvalidArgument(commands.status())) << commands.status();
}

}  // namespace promlite::fuzz
