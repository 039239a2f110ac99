#include "promlite/tests/fuzz/load_bytes.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "promlite/storage/database.h"
#include "promlite/tests/fuzz/read_back.h"

namespace promlite::fuzz {
namespace {

// A file in memory, with a path for who must open it.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content) : fd_(memfd_create("fuzz", 0)) {
    EXPECT_GE(fd_, 0);
    EXPECT_EQ(write(fd_, content.data(), content.size()), static_cast<ssize_t>(content.size()));
  }
  ~MemoryFile() { close(fd_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  const int fd_;
};

}  // namespace

void LoadBytes(std::string_view content) {
  const MemoryFile file(content);
  Database database;
  LoadReport report;
  const absl::Status status = database.LoadFile(file.path(), {}, &report);
  EXPECT_TRUE(status.ok() || absl::IsInvalidArgument(status) || absl::IsDataLoss(status)) << status;
  EXPECT_EQ(status.ok(), report.problems.empty()) << status;
  for (const LoadProblem& problem : report.problems) EXPECT_FALSE(problem.ToString().empty());
  ReadBack(database);
}

}  // namespace promlite::fuzz
