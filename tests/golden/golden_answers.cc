// golden_answers [--show N] [NAME...]: how many answers of each recording promlite gives, and the
// first N that it does not. Run from the source root; without names, all recordings.

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include "promlite/engine/engine.h"
#include "promlite/storage/database.h"
#include "promlite/tests/golden/ask.h"
#include "promlite/tests/golden/recording.h"

namespace promlite::golden {
namespace {

// Returns whether every answer is right.
bool Report(const std::string& name, size_t shown) {
  const absl::StatusOr<Recording> recording = ReadRecording(name);
  if (!recording.ok()) {
    std::cout << name << ": " << recording.status().message() << "\n";
    return false;
  }
  Database database(recording->database_options);
  const absl::Status loaded = LoadData(*recording, &database);
  if (!loaded.ok()) std::cout << name << ": " << loaded.message() << "\n";

  const Engine engine(&database, recording->engine_options);
  size_t right = 0, wrong = 0;
  for (const Question& question : recording->questions) {
    const std::string difference = AnswerDifference(engine, question);
    if (difference.empty()) {
      ++right;
    } else if (++wrong <= shown) {
      std::cout << "  " << question.ToString() << "\n    " << difference << "\n";
    }
  }
  std::cout << name << ": " << right << " of " << right + wrong << "\n";
  return wrong == 0;
}

int Main(int argc, char** argv) {
  size_t shown = 0;
  std::vector<std::string> names;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--show") == 0 && i + 1 < argc) {
      shown = std::strtoul(argv[++i], nullptr, 10);
    } else {
      names.push_back(argv[i]);
    }
  }
  if (names.empty()) names = RecordingNames();
  bool all_right = true;
  for (const std::string& name : names) all_right &= Report(name, shown);
  return all_right ? 0 : 1;
}

}  // namespace
}  // namespace promlite::golden

int main(int argc, char** argv) { return promlite::golden::Main(argc, argv); }
