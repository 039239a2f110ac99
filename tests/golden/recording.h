#ifndef PROMLITE_TESTS_GOLDEN_RECORDING_H_
#define PROMLITE_TESTS_GOLDEN_RECORDING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/storage/database.h"
#include "promlite/storage/database_options.h"

namespace promlite::golden {

// A question put to Prometheus, with every body that it was seen to answer.
struct Question {
  std::string query;
  int64_t start_ms = 0;  // an instant query's time
  int64_t end_ms = 0;
  std::optional<int64_t> step_ms;  // absent: an instant query
  std::vector<std::string> answers;

  // For messages: the query with its time or its steps, in seconds.
  std::string ToString() const;
};

// What was loaded, under which options, and what was asked.
struct Recording {
  std::string data_file;  // relative to the source root
  // In place of a file: a body of remote write 1.0, with what the load commands say that it holds.
  std::string remote_write;
  std::string load_commands;
  DatabaseOptions database_options;
  EngineOptions engine_options;
  bool refused = false;  // the receiver refused a part of the data
  std::vector<Question> questions;
};

// Where this repository's recordings lie, relative to the source root.
inline constexpr char kFolder[] = "tests/golden";

// One .jsonl.gz file of a folder; `name` is the file's, without that. The data that it names lie in
// the same folder, or else among the captures of tests/data/.
absl::StatusOr<Recording> ReadRecording(const std::string& name,
                                        const std::string& folder = kFolder);

// The names of all recordings of a folder, sorted.
std::vector<std::string> RecordingNames(const std::string& folder = kFolder);

// scripts.json.gz of a folder: one recording for each run of load commands.
absl::StatusOr<std::vector<Recording>> ReadScripts(const std::string& folder = kFolder);

// Loads what the recording asks about.
absl::Status LoadData(const Recording& recording, Database* database);

}  // namespace promlite::golden

#endif  // PROMLITE_TESTS_GOLDEN_RECORDING_H_
