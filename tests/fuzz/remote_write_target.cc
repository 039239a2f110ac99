#include <gtest/gtest.h>
#include <snappy.h>

#include <string>

#include "promlite/tests/fuzz/read_back.h"
#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {
namespace {

void Ingest(std::string_view body) {
  Database database;
  const absl::Status status = database.IngestRemoteWrite(body);
  EXPECT_TRUE(status.ok() || absl::IsInvalidArgument(status)) << status;
  ReadBack(database);
}

}  // namespace

void FuzzRemoteWrite(std::string_view body) {
  Ingest(body);
  Ingest(std::string("\x22\0", 2) + std::string(body));
  std::string packed;
  snappy::Compress(body.data(), body.size(), &packed);
  Ingest(packed);
}

}  // namespace promlite::fuzz
