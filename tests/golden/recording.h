#ifndef PROMLITE_TESTS_GOLDEN_RECORDING_H_
#define PROMLITE_TESTS_GOLDEN_RECORDING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/engine/run/engine_options.h"
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

// One .jsonl.gz file of this folder: what was loaded, under which options, and what was asked.
struct Recording {
  std::string data_file;  // relative to the source root
  DatabaseOptions database_options;
  EngineOptions engine_options;
  bool refused = false;  // the receiver refused a part of the data
  std::vector<Question> questions;
};

// `name` is the file's, without ".jsonl.gz".
absl::StatusOr<Recording> ReadRecording(const std::string& name);

// The names of all recordings, sorted.
std::vector<std::string> RecordingNames();

}  // namespace promlite::golden

#endif  // PROMLITE_TESTS_GOLDEN_RECORDING_H_
