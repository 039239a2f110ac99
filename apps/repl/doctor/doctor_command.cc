#include "promlite/apps/repl/doctor/doctor_command.h"

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "promlite/apps/repl/doctor/doctor_json.h"
#include "promlite/apps/repl/doctor/doctor_text.h"
#include "promlite/apps/repl/terminal/interrupt.h"
#include "promlite/apps/repl/terminal/progress.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/usage/doctor/doctor.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

// Takes a duration off the end of the argument, if there is one.
std::optional<absl::Duration> TakeDuration(std::string_view* argument) {
  const size_t blank = argument->find_last_of(" \t");
  const size_t begin = blank == std::string_view::npos ? 0 : blank + 1;
  const absl::StatusOr<absl::Duration> duration = ParseDuration(argument->substr(begin));
  if (!duration.ok()) return std::nullopt;
  const std::string_view before =
      Std(absl::StripTrailingAsciiWhitespace(Absl(argument->substr(0, begin))));
  if (before.ends_with("offset")) return std::nullopt;  // the selector's own, to be refused
  *argument = before;
  return *duration;
}

}  // namespace

absl::Status RunDoctor(std::string_view argument, Workspace* workspace) {
  const Settings& settings = workspace->settings();
  if (settings.output != OutputFormat::kTable && settings.output != OutputFormat::kJson) {
    return absl::InvalidArgumentError("\\doctor answers as a table or JSON only");
  }
  DoctorOptions options;
  options.range = TakeDuration(&argument);
  options.selector = std::string(argument);
  if (settings.time) options.time = *settings.time;
  if (!options.range && settings.range) {
    options.time = settings.range->end;
    options.range = settings.range->end - settings.range->start;
  }
  options.load_report = &workspace->load_report();
  options.cancelled = InterruptFlag();
  absl::StatusOr<Diagnosis> diagnosis;
  {
    ProgressBar bar("doctor", ProgressUnit::kSeries);
    options.progress = [&](uint64_t done, uint64_t total) { bar.Update(done, total); };
    diagnosis = Doctor(workspace->database(), workspace->engine().options(), options);
  }
  const bool json = settings.output == OutputFormat::kJson;
  if (!diagnosis.ok()) {
    if (!json) return diagnosis.status();
    workspace->Fail();
    workspace->Print(ErrorToJson(diagnosis.status()) + "\n");
    return absl::OkStatus();
  }
  if (!diagnosis->Healthy()) workspace->ReportFaults();
  if (json) {
    workspace->Print(DiagnosisToJson(*diagnosis) + "\n");
  } else {
    workspace->Print(DiagnosisText(*diagnosis, workspace->OutputView()));
  }
  return absl::OkStatus();
}

}  // namespace promlite::repl
