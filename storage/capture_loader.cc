#include "promlite/storage/capture_loader.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/otlp/json_requests.h"
#include "promlite/storage/otlp/wire/request_signal.h"

namespace promlite::internal {
namespace {

using Place = LoadProblem::Place;

// A line of a message without numbers and what it quotes.
std::string PlainLine(std::string_view line) {
  std::string plain;
  bool quoted = false;
  bool escaped = false;
  for (const char c : line) {
    if (c == '"' && !escaped) quoted = !quoted;
    escaped = c == '\\' && !escaped;
    if (!quoted && !absl::ascii_isdigit(static_cast<unsigned char>(c))) plain += c;
  }
  return plain;
}

// What messages of one kind have in common: the receiver says the same of one metric or of many.
std::string KindOf(const LoadProblem& problem) {
  std::set<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(problem.message, '\n')) {
    lines.insert(PlainLine(Std(line)));
  }
  return absl::StrCat(static_cast<int>(problem.place), absl::StrJoin(lines, "\n"));
}

LoadProblem::Remedy RemedyOf(TextProblem::Remedy remedy) {
  switch (remedy) {
    case TextProblem::Remedy::kNone:
      return LoadProblem::Remedy::kNone;
    case TextProblem::Remedy::kScrapeTime:
      return LoadProblem::Remedy::kScrapeTime;
    case TextProblem::Remedy::kTimeUnit:
      return LoadProblem::Remedy::kTimeUnit;
  }
  return LoadProblem::Remedy::kNone;
}

OtlpEncoding EncodingOf(const CaptureRecord& record) {
  return record.kind == RecordKind::kOtlpJson ? OtlpEncoding::kJson : OtlpEncoding::kProtobuf;
}

}  // namespace

CaptureLoader::CaptureLoader(std::string path, RequestIngester* ingester, LoadReport* report)
    : path_(std::move(path)), ingester_(ingester), report_(report) {}

absl::Status CaptureLoader::Load(const LoadOptions& options) {
  options_ = options;
  absl::StatusOr<std::shared_ptr<const InputFile>> input = InputFile::Open(path_);
  absl::StatusOr<std::unique_ptr<CaptureFile>> file =
      input.ok() ? CaptureFile::Open(*input) : input.status();
  if (!file.ok()) {
    AddProblem({path_, Place::kFile, 0, 0, std::string(Std(file.status().message()))});
    return absl::Status(file.status().code(), first_problem_);
  }
  input_ = *std::move(input);
  file_ = *std::move(file);
  ++report_->files;
  const uint64_t total = file_->identity().size;
  uint64_t told = 0;
  CaptureRecord record;
  RecordReader::Step step = RecordReader::Step::kRecord;
  while (step != RecordReader::Step::kEnd) {
    std::string problem;
    step = file_->Next(&record, &problem);
    TellStep(step, record, std::move(problem));
    const uint64_t done = step == RecordReader::Step::kEnd ? total : file_->bytes_read();
    if (options.progress != nullptr && done != told) options.progress(told = done, total);
  }
  FinishText();
  WarnIfNoApiRequests();
  WarnOfTraces();
  WarnOfDeltas();
  return FirstProblem();
}

void CaptureLoader::TellStep(RecordReader::Step step, const CaptureRecord& record,
                             std::string problem) {
  if (step == RecordReader::Step::kBad) {
    AddProblem({path_, file_->kind() == CaptureKind::kText ? Place::kLine : Place::kRecord,
                record.number, record.byte_offset, std::move(problem)});
  }
  if (step != RecordReader::Step::kRecord) return;
  if (!loaded_.has_value()) {
    loaded_ = {path_, file_->identity(), ScrapeTime({}).value_or(0),
               input_->is_copy() ? input_ : nullptr};
  }
  Ingest(record);
}

absl::Status CaptureLoader::FirstProblem() const {
  if (problems_ == 0) return absl::OkStatus();
  if (problems_ == 1) return absl::InvalidArgumentError(first_problem_);
  return absl::InvalidArgumentError(
      absl::StrCat(first_problem_, " (and ", problems_ - 1, " more problems)"));
}

// What was said when a text was saved is known better than what is said of the file it is in.
std::optional<int64_t> CaptureLoader::ScrapeTime(const CaptureRecord& record) const {
  if (record.received_ms != 0) return record.received_ms;
  if (options_.scraped_at.has_value()) return absl::ToUnixMillis(*options_.scraped_at);
  if (!options_.scraped_when_modified) return std::nullopt;
  return TruncatedMilliseconds(file_->identity().modified_ns);
}

void CaptureLoader::Ingest(const CaptureRecord& record) {
  if (record.kind != RecordKind::kTextContinuation) {
    FinishText();
    ++report_->records;
  }
  if (IsText(record.kind)) return IngestText(record);
  switch (record.kind) {
    case RecordKind::kOtlpJson:
      return IngestOtlpJson(record);
    case RecordKind::kOtlpProtobuf:
      return IngestOtlpProtobuf(record);
    default:
      return IngestRequest(record);
  }
}

// An object may hold several signals.
void CaptureLoader::IngestOtlpJson(const CaptureRecord& record) {
  const JsonSignals signals = SignalsOfJson(record.payload);
  if (signals.traces) ++traces_;
  if (signals.logs) IngestLogs(record);
  if (signals.metrics || !signals.any()) IngestRequest(record);
}

// Requests of several signals, written one behind the other, are one message to protobuf.
void CaptureLoader::IngestOtlpProtobuf(const CaptureRecord& record) {
  CaptureRecord part = record;
  for (const SignalPart& signal_part : SplitBySignal(record.payload)) {
    part.payload = signal_part.bytes;
    switch (signal_part.signal) {
      case OtlpSignal::kTraces:
        ++traces_;
        break;
      case OtlpSignal::kLogs:
        IngestLogs(part);
        break;
      case OtlpSignal::kMetrics:
      case OtlpSignal::kUnknown:
        IngestRequest(part);
        break;
    }
  }
}

void CaptureLoader::IngestRequest(const CaptureRecord& record) {
  constexpr Appender::Publish kLater = Appender::Publish::kLater;
  IngestOutcome outcome;
  switch (record.kind) {
    case RecordKind::kOtlpProtobuf:
    case RecordKind::kOtlpJson:
      outcome = ingester_->Otlp(record.payload, EncodingOf(record), kLater);
      break;
    default:
      outcome = ingester_->RemoteWrite(record.payload, RemoteWriteVersion::kUnknown, kLater);
      break;
  }
  report_->samples += outcome.samples;
  deltas_ += outcome.deltas;
  for (std::string& warning : outcome.warnings) AddWarning(std::move(warning));
  for (const std::string& metric : outcome.refused_metrics) ++report_->refused_metrics[metric];
  for (const std::string& lost : outcome.lost_points) AddRecordProblem(record, lost);
  if (!outcome.status.ok()) AddRecordProblem(record, Std(outcome.status.message()));
}

void CaptureLoader::IngestLogs(const CaptureRecord& record) {
  const LogsOutcome outcome =
      ingester_->OtlpLogs(record.payload, EncodingOf(record), Appender::Publish::kLater);
  log_records_ += outcome.log_records;
  api_requests_ += outcome.api_requests;
  report_->log_records += outcome.log_records;
  report_->api_requests += outcome.api_requests;
  if (!outcome.status.ok()) AddRecordProblem(record, Std(outcome.status.message()));
}

void CaptureLoader::WarnIfNoApiRequests() {
  if (log_records_ == 0 || api_requests_ > 0 || problems_ > 0) return;
  AddWarning(absl::StrCat(path_, ": ", log_records_,
                          log_records_ == 1 ? " log record is" : " log records are",
                          " passed over: none is an event claude_code.api_request"));
}

void CaptureLoader::WarnOfTraces() {
  if (traces_ == 0) return;
  report_->traces += traces_;
  AddWarning(
      absl::StrCat(path_, ": ", traces_,
                   traces_ == 1 ? " request of OTLP traces is" : " requests of OTLP traces are",
                   " passed over: metrics and logs are read"));
}

void CaptureLoader::WarnOfDeltas() {
  report_->deltas += deltas_;
  const auto warn = [&](uint64_t points, std::string_view what) {
    if (points == 0) return;
    AddWarning(absl::StrCat(path_, ": ", points, points == 1 ? " data point" : " data points",
                            " of delta temporality ", Absl(what)));
  };
  warn(deltas_.refused, "refused, as Prometheus does without a feature for them");
  warn(deltas_.dropped,
       "dropped, as Prometheus' otlp-deltatocumulative does with late ones: PromQL does not see "
       "them, `exact` counts them");
  warn(deltas_.repeated,
       "sent again, with the same sender, start, time and numbers: each counts once");
}

// `_created` series stand behind the samples whose start they tell: the file is read once before.
void CaptureLoader::CollectStarts() {
  starts_.emplace();
  const absl::StatusOr<std::unique_ptr<CaptureFile>> file = CaptureFile::Open(input_);
  if (!file.ok()) return;
  CaptureRecord record;
  std::string problem;
  TextStarts* starts = nullptr;
  int64_t scraped_ms = 0;
  for (;;) {
    const RecordReader::Step step = (*file)->Next(&record, &problem);
    if (step == RecordReader::Step::kEnd) break;
    if (step != RecordReader::Step::kRecord) continue;
    if (record.kind == RecordKind::kOpenMetricsText) {
      starts = &starts_->try_emplace(record.number, ingester_->text_options()).first->second;
      scraped_ms = ScrapeTime(record).value_or(0);
    } else if (record.kind != RecordKind::kTextContinuation) {
      starts = nullptr;
    }
    if (starts != nullptr) starts->Collect(record.payload, scraped_ms);
  }
  for (auto& [number, one] : *starts_) one.Sort();
}

void CaptureLoader::IngestText(const CaptureRecord& record) {
  if (record.kind != RecordKind::kTextContinuation) {
    const bool is_open_metrics = record.kind == RecordKind::kOpenMetricsText;
    if (is_open_metrics && !starts_.has_value()) CollectStarts();
    const TextStarts* starts = nullptr;
    if (is_open_metrics && starts_->contains(record.number)) starts = &starts_->at(record.number);
    text_.emplace(is_open_metrics ? TextFormat::kOpenMetrics : TextFormat::kPrometheus,
                  ingester_->text_options(),
                  TextIngester::Context{.scraped_ms = ScrapeTime(record), .starts = starts});
    text_begin_ = record;
  } else if (!text_.has_value()) {
    return AddRecordProblem(record, "goes on with a text whose beginning is missing");
  }
  const bool is_text_file = file_->kind() == CaptureKind::kText;
  report_->samples +=
      ingester_->TextPiece(record.payload, &*text_, [&](const TextProblem& problem) {
        const LoadProblem::Remedy remedy = RemedyOf(problem.remedy);
        if (is_text_file) {
          AddProblem(
              {path_, Place::kLine, problem.line, problem.byte_offset, problem.message, remedy});
        } else {
          AddProblem({path_, Place::kRecord, record.number, record.byte_offset,
                      absl::StrCat("line ", problem.line, ": ", problem.message), remedy});
        }
        return true;
      });
}

void CaptureLoader::FinishText() {
  if (!text_.has_value()) return;
  const absl::Status status = ingester_->FinishText(*text_);
  if (const size_t hidden = text_->hidden_samples(); hidden > 0) {
    AddWarning(absl::StrCat(
        path_, ": ", hidden,
        " samples of histograms or summaries are not kept: their bound is written in several ways "
        "(as 1 and 1.0), and the one that comes first in the text has their time"));
  }
  text_.reset();
  if (status.ok()) return;
  AddProblem({path_, file_->kind() == CaptureKind::kText ? Place::kFile : Place::kRecord,
              text_begin_.number, text_begin_.byte_offset, std::string(Std(status.message()))});
}

void CaptureLoader::AddRecordProblem(const CaptureRecord& record, std::string_view message) {
  AddProblem({path_, Place::kRecord, record.number, record.byte_offset, std::string(message)});
}

void CaptureLoader::AddProblem(LoadProblem problem) {
  if (options_.on_problem != nullptr) options_.on_problem(problem);
  if (problems_++ == 0) first_problem_ = problem.ToString();
  const auto [kind, is_new] = kinds_.try_emplace(KindOf(problem), report_->problems.size());
  if (!is_new) {
    ++report_->problems[kind->second].alike;
  } else if (kinds_.size() <= LoadReport::kMostRemarks) {
    report_->problems.push_back(std::move(problem));
  } else {
    kinds_.erase(kind);
    ++report_->further_problems;
  }
}

void CaptureLoader::AddWarning(std::string warning) {
  if (warnings_.contains(warning)) return;
  if (warnings_.size() == LoadReport::kMostRemarks) {
    ++report_->further_warnings;
    return;
  }
  report_->warnings.push_back(*warnings_.insert(std::move(warning)).first);
}

}  // namespace promlite::internal
