// Prints how many commits the sessions of a capture made: the last value of every counter, added
// up. Written against the installed headers only.

#include <iostream>
#include <string>

#include "promlite/engine/engine.h"
#include "promlite/engine/json.h"
#include "promlite/parser/parser.h"
#include "promlite/storage/database.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: consumer CAPTURE\n";
    return 2;
  }
  promlite::Database database;
  if (absl::Status status = database.LoadFile(argv[1]); !status.ok()) {
    std::cerr << status.message() << "\n";
    return 1;
  }
  const std::string query = "sum(last_over_time(claude_code_commit_count_total[1d]))";
  if (!promlite::Parse(query).ok()) return 1;

  const promlite::Engine engine(&database);
  absl::StatusOr<promlite::QueryResult> result = engine.Instant(query, database.MaxTime());
  if (!result.ok()) {
    std::cerr << result.status().message() << "\n";
    return 1;
  }
  if (result->series.size() != 1) return 1;
  std::cout << promlite::FormatSampleValue(result->series[0].samples[0].value) << "\n";
  return 0;
}
