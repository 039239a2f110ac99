#include <gtest/gtest.h>

#include "promlite/tests/fuzz/load_bytes.h"
#include "promlite/tests/fuzz/read_back.h"
#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {

void FuzzText(std::string_view text) {
  Database database;
  const absl::Status status = database.IngestText(text);
  EXPECT_TRUE(status.ok() || absl::IsInvalidArgument(status)) << status;
  ReadBack(database);
  // In a file bad lines are skipped, not the whole.
  LoadBytes(text);
}

}  // namespace promlite::fuzz
