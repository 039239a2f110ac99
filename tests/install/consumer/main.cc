#include <iostream>

#include "promlite/engine/engine.h"
#include "promlite/storage/database.h"

// Prints how many commits the Claude Code sessions of a capture made.
int main(int argc, char** argv) {
  promlite::Database database;
  if (absl::Status status = database.LoadFile(argc > 1 ? argv[1] : ""); !status.ok()) {
    std::cerr << status.message() << "\n";
    return 1;
  }
  const promlite::Engine engine(&database);
  absl::StatusOr<promlite::QueryResult> commits =
      engine.Instant("sum(max_over_time(claude_code_commit_count_total[1h]))", database.MaxTime());
  if (!commits.ok()) {
    std::cerr << commits.status().message() << "\n";
    return 1;
  }
  for (const promlite::ResultSeries& series : commits->series) {
    std::cout << series.samples[0].value << " commits\n";
  }
}
