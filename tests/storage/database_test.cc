#include "promlite/storage/database.h"

#include <string>

#include "gtest/gtest.h"
#include "promlite/tests/storage/capture/capture_test_support.h"

namespace promlite {
namespace {

TEST(Database, LoadsWhatTheCollectorWrites) {
  Database database;
  LoadReport report;
  const absl::Status status =
      database.LoadFile(CapturePath("claude-code-sessions.metrics.binpb"), {}, &report);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(report.files, 1u);
}

}  // namespace
}  // namespace promlite
