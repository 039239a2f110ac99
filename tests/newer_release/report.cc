#include "promlite/tests/newer_release/report.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "promlite/apps/promqltest/runner.h"
#include "promlite/apps/promqltest/script.h"
#include "promlite/engine/engine.h"
#include "promlite/storage/database.h"
#include "promlite/tests/golden/ask.h"
#include "promlite/tests/golden/recording.h"
#include "promlite/tests/newer_release/difference_kind.h"

namespace promlite::newer_release {
namespace {

struct Example {
  std::string place;  // of the file
  std::string query;
  std::string difference;
};

struct Count {
  size_t files = 0;
  size_t asked = 0;
  size_t different = 0;
};

// Everything found so far.
class Findings {
 public:
  void Add(DifferenceKind kind, Example example) {
    auto& [count, shortest] = by_kind_[kind];
    if (count++ == 0 || example.query.size() < shortest.query.size()) shortest = std::move(example);
  }

  void Write(std::ostream& out) const {
    std::vector<std::pair<DifferenceKind, std::pair<size_t, Example>>> sorted(by_kind_.begin(),
                                                                              by_kind_.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second.first > b.second.first; });
    for (const auto& [kind, found] : sorted) {
      const auto& [count, shortest] = found;
      out << "\n"
          << NameOf(kind) << ": " << count << "\n  " << shortest.place << ": " << shortest.query
          << "\n    " << shortest.difference << "\n";
    }
  }

 private:
  std::map<DifferenceKind, std::pair<size_t, Example>> by_kind_;
};

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void RunScriptFile(const std::filesystem::path& path, Count* count, Findings* findings) {
  ++count->files;
  const auto commands = promqltest::ParseScript(ReadText(path));
  if (!commands.ok()) {
    ++count->asked;
    ++count->different;
    findings->Add(DifferenceKind::kNotUnderstood,
                  {path.string(), "", std::string(commands.status().message())});
    return;
  }
  const promqltest::ScriptResult result = promqltest::RunScript(*commands);
  count->asked += result.passed + result.failures.size();
  count->different += result.failures.size();
  for (const promqltest::CaseFailure& failure : result.failures) {
    findings->Add(KindOf(failure.message), {path.string() + ":" + std::to_string(failure.line),
                                            failure.query, failure.message});
  }
}

void AskRecording(const std::string& place, const golden::Recording& recording, Count* count,
                  Findings* findings) {
  Database database(recording.database_options);
  const absl::Status loaded = golden::LoadData(recording, &database);
  if (loaded.ok() == recording.refused) {
    findings->Add(DifferenceKind::kRefusal,
                  {place, "the data",
                   loaded.ok() ? "taken, where parts of it should be refused"
                               : std::string(loaded.message())});
  }
  const Engine engine(&database, recording.engine_options);
  for (const golden::Question& question : recording.questions) {
    ++count->asked;
    const std::string difference = golden::AnswerDifference(engine, question);
    if (difference.empty()) continue;
    ++count->different;
    const DifferenceKind kind = golden::DiffersInLastDigits(engine, question)
                                    ? DifferenceKind::kLastDigits
                                    : KindOf(difference);
    findings->Add(kind, {place, question.ToString(), difference});
  }
}

void AskRecordings(const std::string& folder, Count* count, Findings* findings) {
  for (const std::string& name : golden::RecordingNames(folder)) {
    ++count->files;
    const absl::StatusOr<golden::Recording> recording = golden::ReadRecording(name, folder);
    if (recording.ok()) {
      AskRecording(name, *recording, count, findings);
    } else {
      ++count->different;
      findings->Add(DifferenceKind::kNotUnderstood,
                    {folder + "/" + name, "", std::string(recording.status().message())});
    }
  }
  const absl::StatusOr<std::vector<golden::Recording>> scripts = golden::ReadScripts(folder);
  if (absl::IsNotFound(scripts.status())) return;
  ++count->files;
  if (!scripts.ok()) {
    ++count->different;
    findings->Add(DifferenceKind::kNotUnderstood,
                  {folder, "", std::string(scripts.status().message())});
    return;
  }
  for (const golden::Recording& script : *scripts) {
    AskRecording("after " + script.load_commands.substr(0, script.load_commands.find('\n')) + " …",
                 script, count, findings);
  }
}

}  // namespace

bool ReportDifferences(const std::vector<std::string>& folders, std::ostream& out) {
  Count scripts, recordings;
  Findings findings;
  bool all_good = true;
  for (const std::string& folder : folders) {
    const size_t before = scripts.files + recordings.files;
    if (!std::filesystem::is_directory(folder)) {
      out << folder << " is no folder\n";
      all_good = false;
      continue;
    }
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".test") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) RunScriptFile(path, &scripts, &findings);
    AskRecordings(folder, &recordings, &findings);
    if (scripts.files + recordings.files > before) continue;
    out << folder
        << ": neither scripts (*.test) nor recordings (*.jsonl.gz, scripts.json.gz) lie here\n";
    all_good = false;
  }
  out << "scripts: " << scripts.files << " files, " << scripts.asked << " cases, "
      << scripts.different << " differ\nrecordings: " << recordings.files << " files, "
      << recordings.asked << " questions, " << recordings.different << " differ\n";
  findings.Write(out);
  return all_good && scripts.different + recordings.different == 0;
}

}  // namespace promlite::newer_release
