// Inputs that a fuzz target once failed on, run as plain tests: tests/fuzz/regressions/<target>/.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = "tests/fuzz/regressions";

class FuzzRegressions : public testing::TestWithParam<Target> {};

TEST_P(FuzzRegressions, NoInput_FailsAgain) {
  GetParam().run("");
  const fs::path folder = kFolder / GetParam().name;
  if (!fs::is_directory(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder)) {
    SCOPED_TRACE(entry.path());
    std::ifstream file(entry.path(), std::ios::binary);
    GetParam().run(std::string(std::istreambuf_iterator<char>(file), {}));
  }
}

INSTANTIATE_TEST_SUITE_P(All, FuzzRegressions,
                         testing::ValuesIn(Targets().begin(), Targets().end()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(FuzzRegressions, EveryFolder_IsATargets) {
  if (!fs::is_directory(kFolder)) return;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    bool known = false;
    for (const Target& target : Targets()) known |= entry.path().filename() == target.name;
    EXPECT_TRUE(known) << entry.path();
  }
}

}  // namespace
}  // namespace promlite::fuzz
