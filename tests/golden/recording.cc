#include "promlite/tests/golden/recording.h"

#include <simdjson.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::golden {
namespace {

using simdjson::dom::element;

constexpr std::string_view kExtension = ".jsonl.gz";
constexpr std::string_view kScripts = "scripts.json.gz";

absl::StatusOr<std::string> Gunzip(const std::string& path) {
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (file == nullptr) return absl::NotFoundError(path);
  std::string text;
  std::string piece(size_t{1} << 20, '\0');
  int read;
  while ((read = gzread(file.get(), piece.data(), static_cast<unsigned>(piece.size()))) > 0) {
    text.append(piece, 0, static_cast<size_t>(read));
  }
  if (read < 0) return absl::DataLossError(path);
  return text;
}

// Recorded times are decimal seconds with at most three digits behind the point.
int64_t Milliseconds(element seconds) { return std::llround(double{seconds} * 1000); }

// Prometheus' feature flags, as far as a recording names them.
absl::Status SetFeature(std::string_view feature, Recording* recording) {
  if (feature == "promql-delayed-name-removal") {
    recording->engine_options.delayed_name_removal = true;
  } else if (feature == "type-and-unit-labels") {
    recording->engine_options.type_and_unit_labels = true;
    recording->database_options.otlp.type_and_unit_labels = true;
  } else if (feature == "otlp-deltatocumulative") {
    recording->database_options.otlp.delta = OtlpOptions::Delta::kToCumulative;
  } else if (feature == "otlp-native-delta-ingestion") {
    recording->database_options.otlp.delta = OtlpOptions::Delta::kKeep;
  } else {
    return absl::InvalidArgumentError(absl::StrCat("unknown feature ", Absl(feature)));
  }
  return absl::OkStatus();
}

// One `key: value` of the section `otlp` of Prometheus' configuration.
absl::Status SetOtlpOption(std::string_view option, OtlpOptions* otlp) {
  using Strategy = OtlpOptions::TranslationStrategy;
  static const std::map<std::string_view, void (*)(OtlpOptions*)> kSetters = {
      {"keep_identifying_resource_attributes: true",
       [](OtlpOptions* o) { o->keep_identifying_resource_attributes = true; }},
      {"convert_histograms_to_nhcb: true",
       [](OtlpOptions* o) { o->convert_histograms_to_nhcb = true; }},
      {"promote_all_resource_attributes: true",
       [](OtlpOptions* o) { o->promote_all_resource_attributes = true; }},
      {"promote_scope_metadata: true", [](OtlpOptions* o) { o->promote_scope_metadata = true; }},
      {"promote_resource_attributes: [service.version, team]",
       [](OtlpOptions* o) { o->promote_resource_attributes = {"service.version", "team"}; }},
      {"translation_strategy: NoTranslation",
       [](OtlpOptions* o) { o->translation_strategy = Strategy::kNoTranslation; }},
      {"translation_strategy: NoUTF8EscapingWithSuffixes",
       [](OtlpOptions* o) { o->translation_strategy = Strategy::kNoUtf8EscapingWithSuffixes; }},
      {"translation_strategy: UnderscoreEscapingWithoutSuffixes",
       [](OtlpOptions* o) {
         o->translation_strategy = Strategy::kUnderscoreEscapingWithoutSuffixes;
       }},
  };
  const auto setter = kSetters.find(option);
  if (setter == kSetters.end()) {
    return absl::InvalidArgumentError(absl::StrCat("unknown option ", Absl(option)));
  }
  setter->second(otlp);
  return absl::OkStatus();
}

std::string PathOf(const std::string& folder, std::string_view file) {
  return absl::StrCat(folder, "/", Absl(file));
}

// Where the data lie that a recording of `folder` names.
std::string DataPath(const std::string& folder, std::string_view file) {
  const std::string beside = PathOf(folder, file);
  return std::filesystem::exists(beside) ? beside : PathOf("tests/data/captures", file);
}

void EnableLanguage(EngineOptions* options) {
  options->experimental_functions = true;
  options->binop_fill_modifiers = true;
}

absl::Status ReadHeader(element header, const std::string& folder, Recording* recording) {
  EnableLanguage(&recording->engine_options);
  recording->database_options.otlp.delta = OtlpOptions::Delta::kRefuse;  // without a feature

  std::string_view capture;
  if (header["capture"].get(capture) != simdjson::SUCCESS) {
    recording->data_file = PathOf(folder, "random.om.gz");
    return absl::OkStatus();
  }
  recording->data_file = DataPath(folder, capture);
  for (element option : header["otlp"].get_array()) {
    absl::Status status =
        SetOtlpOption(std::string_view(option), &recording->database_options.otlp);
    if (!status.ok()) return status;
  }
  simdjson::dom::array features;
  if (header["features"].get(features) == simdjson::SUCCESS) {
    for (element feature : features) {
      absl::Status status = SetFeature(std::string_view(feature), recording);
      if (!status.ok()) return status;
    }
  }
  recording->engine_options.use_start_timestamps = bool{header["start_timestamps"]};
  recording->refused = simdjson::dom::object(header["refused"]).size() > 0;
  return absl::OkStatus();
}

Question ReadQuestion(element line) {
  Question question;
  question.query = std::string(std::string_view(line["query"]));
  element time;
  if (line["time"].get(time) == simdjson::SUCCESS) {
    question.start_ms = question.end_ms = Milliseconds(time);
  } else {
    question.start_ms = Milliseconds(line["start"]);
    question.end_ms = Milliseconds(line["end"]);
    question.step_ms = Milliseconds(line["step"]);
  }
  for (element body : line["answers"].get_array()) {
    question.answers.push_back(simdjson::minify(body));
  }
  return question;
}

// Calls visit(JSON, whether it is the first) for every line of a compressed file.
absl::Status ForEachLine(const std::string& path,
                         absl::FunctionRef<absl::Status(element line, bool is_first)> visit) {
  const absl::StatusOr<std::string> text = Gunzip(path);
  if (!text.ok()) return text.status();
  simdjson::dom::parser parser;
  bool is_first = true;
  for (absl::string_view line : absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
    element parsed;
    if (parser.parse(line.data(), line.size()).get(parsed) != simdjson::SUCCESS) {
      return absl::DataLossError(absl::StrCat(path, ": not JSON: ", line.substr(0, 100)));
    }
    if (absl::Status status = visit(parsed, is_first); !status.ok()) return status;
    is_first = false;
  }
  return absl::OkStatus();
}

}  // namespace

std::string Question::ToString() const {
  const auto seconds = [](int64_t ms) { return static_cast<double>(ms) / 1000; };
  if (!step_ms) return absl::StrCat(query, "  at ", start_ms, " ms");
  return absl::StrCat(query, "  from ", start_ms, " to ", end_ms, " ms, step ", seconds(*step_ms),
                      " s");
}

absl::StatusOr<Recording> ReadRecording(const std::string& name, const std::string& folder) {
  Recording recording;
  absl::Status status =
      ForEachLine(PathOf(folder, name + std::string(kExtension)), [&](element line, bool is_first) {
        if (is_first) return ReadHeader(line, folder, &recording);
        recording.questions.push_back(ReadQuestion(line));
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return recording;
}

absl::StatusOr<std::vector<Recording>> ReadScripts(const std::string& folder) {
  std::vector<Recording> recordings;
  absl::Status status =
      ForEachLine(PathOf(folder, kScripts), [&](element line, bool is_first) -> absl::Status {
        if (is_first) return absl::OkStatus();
        Recording& recording = recordings.emplace_back();
        EnableLanguage(&recording.engine_options);
        recording.load_commands = std::string(std::string_view(line["load"]));
        const std::string_view body(line["remote_write"]);
        if (!absl::Base64Unescape(Absl(body), &recording.remote_write)) {
          return absl::DataLossError("a remote-write body is not base64");
        }
        for (element question : line["asked"].get_array()) {
          recording.questions.push_back(ReadQuestion(question));
        }
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return recordings;
}

absl::Status LoadData(const Recording& recording, Database* database) {
  if (recording.data_file.empty()) return database->IngestRemoteWrite(recording.remote_write);
  return database->LoadFile(recording.data_file);
}

std::vector<std::string> RecordingNames(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    if (!name.ends_with(kExtension)) continue;
    names.push_back(name.substr(0, name.size() - kExtension.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace promlite::golden
