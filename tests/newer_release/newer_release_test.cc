#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "promlite/tests/newer_release/difference_kind.h"
#include "promlite/tests/newer_release/report.h"

namespace promlite::newer_release {
namespace {

using ::testing::HasSubstr;

class NewerReleaseTest : public ::testing::Test {
 protected:
  NewerReleaseTest()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                ("newer_release_" +
                 std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }

  void WriteScript(const std::string& text) { std::ofstream(folder_ / "a.test") << text; }

  void WriteCompressed(const std::string& name, const std::string& text) {
    gzFile file = gzopen((folder_ / name).c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
  }

  // Whether nothing differs, and what is said.
  std::pair<bool, std::string> Report() {
    std::ostringstream out;
    const bool good = ReportDifferences({folder_.string()}, out);
    return {good, out.str()};
  }

  const std::filesystem::path folder_;
};

TEST_F(NewerReleaseTest, SaysNothingMore_WhereAllIsAnsweredAlike) {
  WriteScript("load 1m\n  a 1 2 3\n\neval instant at 2m a\n  a 3\n");
  const auto [good, text] = Report();
  EXPECT_TRUE(good);
  EXPECT_EQ(text,
            "scripts: 1 files, 1 cases, 0 differ\nrecordings: 0 files, 0 questions, 0 differ\n");
}

TEST_F(NewerReleaseTest, NamesTheKinds_OftenestFirst_WithTheShortestQuery) {
  WriteScript(
      "load 1m\n  a 1 2 3\n\n"
      "eval instant at 2m a + 0\n  {} 4\n\n"
      "eval instant at 2m a\n  a 4\n\n"
      "eval instant at 2m sum(a)\n  expect fail\n");
  const auto [good, text] = Report();
  EXPECT_FALSE(good);
  EXPECT_THAT(text, HasSubstr("scripts: 1 files, 3 cases, 3 differ\n"));
  EXPECT_THAT(text, HasSubstr("\nvalues: 2\n  " + (folder_ / "a.test").string() + ":7: a\n"));
  EXPECT_THAT(text, HasSubstr("\nan error where the other answers: 1\n"));
  EXPECT_LT(text.find("values: 2"), text.find("an error where"));
}

TEST_F(NewerReleaseTest, AsksRecordings_AndTellsLastDigitsApart) {
  const auto asked = [](const std::string& query, const std::string& value) {
    return R"({"query":")" + query + R"(","time":60,"answers":[{"status":"success","data":)" +
           R"({"resultType":"scalar","result":[60,")" + value + R"("]}}]})";
  };
  // A remote-write body of no series: one empty snappy block.
  WriteCompressed("scripts.json.gz",
                  "{}\n{\"load\":\"load 1m\",\"remote_write\":\"AA==\",\"asked\":[" +
                      asked("0.1 + 0.2", "0.3") + "," + asked("1 + 1", "2") + "," +
                      asked("1 + 2", "4") + "]}\n");
  const auto [good, text] = Report();
  EXPECT_FALSE(good);
  EXPECT_THAT(text, HasSubstr("recordings: 1 files, 3 questions, 2 differ\n"));
  EXPECT_THAT(text, HasSubstr("\nlast digits of values: 1\n"));
  EXPECT_THAT(text, HasSubstr("\nvalues: 1\n  after load 1m …: 1 + 2  at 60000 ms\n"));
}

TEST_F(NewerReleaseTest, SaysWhatCannotBeRead) {
  WriteScript("lode 1m\n");
  const auto [good, text] = Report();
  EXPECT_FALSE(good);
  EXPECT_THAT(text, HasSubstr("\nnot understood: 1\n"));
}

TEST_F(NewerReleaseTest, AFolderWithNothingToRun_IsAnError) {
  const auto [good, text] = Report();
  EXPECT_FALSE(good);
  EXPECT_THAT(text, HasSubstr("neither scripts (*.test) nor recordings"));
  std::ostringstream out;
  EXPECT_FALSE(ReportDifferences({(folder_ / "nowhere").string()}, out));
  EXPECT_THAT(out.str(), HasSubstr("is no folder"));
}

TEST(DifferenceKinds, AreToldByTheWords) {
  EXPECT_EQ(KindOf("status: expected \"success\", got \"error\""), DifferenceKind::kRefusal);
  EXPECT_EQ(KindOf("1:1: parse error: no"), DifferenceKind::kRefusal);
  EXPECT_EQ(KindOf("error: expected \"a\", got \"b\""), DifferenceKind::kErrorText);
  EXPECT_EQ(KindOf("missing: {a=\"1\"} …"), DifferenceKind::kSeries);
  EXPECT_EQ(KindOf("unexpected metric {} in result"), DifferenceKind::kSeries);
  EXPECT_EQ(KindOf("expected metric {} not found"), DifferenceKind::kSeries);
  EXPECT_EQ(KindOf("expected metric {} at position 1 but was at 2"), DifferenceKind::kOrder);
  EXPECT_EQ(KindOf("order: …"), DifferenceKind::kOrder);
  EXPECT_EQ(KindOf("warnings: missing: …"), DifferenceKind::kAnnotations);
  EXPECT_EQ(KindOf("as a range query: unexpected metric {}"), DifferenceKind::kSeries);
  EXPECT_EQ(KindOf("expected warn annotations but none were found"), DifferenceKind::kAnnotations);
  EXPECT_EQ(KindOf("{} value: expected [1,\"2\"], got [1,\"3\"]"), DifferenceKind::kValues);
  EXPECT_EQ(KindOf("expected 4 for {} but got 3"), DifferenceKind::kValues);
}

}  // namespace
}  // namespace promlite::newer_release
