#include "promlite/storage/capture_loader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/otlp/wire/request_signal.h"

namespace promlite::internal {
namespace {

using Place = LoadProblem::Place;

OtlpSignal SignalOf(const CaptureRecord& record) {
  if (record.kind == RecordKind::kOtlpProtobuf) return SignalOfProtobuf(record.payload);
  if (record.kind == RecordKind::kOtlpJson) return SignalOfJson(record.payload);
  return OtlpSignal::kUnknown;
}

OtlpEncoding EncodingOf(const CaptureRecord& record) {
  return record.kind == RecordKind::kOtlpJson ? OtlpEncoding::kJson : OtlpEncoding::kProtobuf;
}

}  // namespace

CaptureLoader::CaptureLoader(std::string path, RequestIngester* ingester, LoadReport* report)
    : path_(std::move(path)), ingester_(ingester), report_(report) {}

absl::Status CaptureLoader::Load(const LoadOptions& options) {
  absl::StatusOr<std::unique_ptr<CaptureFile>> file = CaptureFile::Open(path_);
  if (!file.ok()) {
    AddProblem(Place::kFile, 0, 0, std::string(Std(file.status().message())));
    return absl::Status(file.status().code(), first_problem_);
  }
  file_ = *std::move(file);
  ++report_->files;
  const uint64_t total = file_->identity().size;
  uint64_t told = 0;
  CaptureRecord record;
  std::string problem;
  for (bool more = true; more;) {
    switch (file_->Next(&record, &problem)) {
      case RecordReader::Step::kRecord:
        identity_ = file_->identity();
        Ingest(record);
        break;
      case RecordReader::Step::kBad:
        AddProblem(file_->kind() == CaptureKind::kText ? Place::kLine : Place::kRecord,
                   record.number, record.byte_offset, std::move(problem));
        break;
      case RecordReader::Step::kEnd:
        more = false;
        break;
    }
    const uint64_t done = more ? file_->bytes_read() : total;
    if (options.progress != nullptr && done != told) options.progress(told = done, total);
  }
  FinishText();
  WarnIfNoApiRequests();
  WarnOfDeltas();
  if (problems_ == 0) return absl::OkStatus();
  if (problems_ == 1) return absl::InvalidArgumentError(first_problem_);
  return absl::InvalidArgumentError(
      absl::StrCat(first_problem_, " (and ", problems_ - 1, " more problems)"));
}

void CaptureLoader::Ingest(const CaptureRecord& record) {
  if (record.kind != RecordKind::kTextContinuation) {
    FinishText();
    ++report_->records;
  }
  if (IsText(record.kind)) return IngestText(record);
  switch (SignalOf(record)) {
    case OtlpSignal::kTraces:
      AddProblem(Place::kRecord, record.number, record.byte_offset,
                 "holds OTLP traces, not metrics or logs");
      break;
    case OtlpSignal::kLogs:
      IngestLogs(record);
      break;
    case OtlpSignal::kMetrics:
    case OtlpSignal::kUnknown:
      IngestRequest(record);
      break;
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
      outcome = ingester_->RemoteWrite(record.payload, kLater);
      break;
  }
  report_->samples += outcome.samples;
  deltas_ += outcome.deltas;
  for (std::string& warning : outcome.warnings) AddWarning(std::move(warning));
  if (!outcome.status.ok()) {
    AddProblem(Place::kRecord, record.number, record.byte_offset,
               std::string(Std(outcome.status.message())));
  }
}

void CaptureLoader::IngestLogs(const CaptureRecord& record) {
  const LogsOutcome outcome =
      ingester_->OtlpLogs(record.payload, EncodingOf(record), Appender::Publish::kLater);
  log_records_ += outcome.log_records;
  api_requests_ += outcome.api_requests;
  report_->log_records += outcome.log_records;
  report_->api_requests += outcome.api_requests;
  if (!outcome.status.ok()) {
    AddProblem(Place::kRecord, record.number, record.byte_offset,
               std::string(Std(outcome.status.message())));
  }
}

void CaptureLoader::WarnIfNoApiRequests() {
  if (log_records_ == 0 || api_requests_ > 0 || problems_ > 0) return;
  AddWarning(absl::StrCat(path_, ": ", log_records_,
                          log_records_ == 1 ? " log record is" : " log records are",
                          " passed over: none is an event claude_code.api_request"));
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
  warn(deltas_.repeated, "sent again, with the same start, time and value: each counts once");
}

void CaptureLoader::IngestText(const CaptureRecord& record) {
  if (record.kind != RecordKind::kTextContinuation) {
    text_.emplace(record.kind == RecordKind::kOpenMetricsText ? TextFormat::kOpenMetrics
                                                              : TextFormat::kPrometheus,
                  ingester_->text_options());
    text_begin_ = record;
  } else if (!text_.has_value()) {
    AddProblem(Place::kRecord, record.number, record.byte_offset,
               "goes on with a text whose beginning is missing");
    return;
  }
  const bool is_text_file = file_->kind() == CaptureKind::kText;
  report_->samples += ingester_->TextPiece(
      record.payload, &*text_, [&](size_t line, uint64_t byte_offset, std::string message) {
        if (is_text_file) {
          AddProblem(Place::kLine, line, byte_offset, std::move(message));
        } else {
          AddProblem(Place::kRecord, record.number, record.byte_offset,
                     absl::StrCat("line ", line, ": ", message));
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
  AddProblem(file_->kind() == CaptureKind::kText ? Place::kFile : Place::kRecord,
             text_begin_.number, text_begin_.byte_offset, std::string(Std(status.message())));
}

void CaptureLoader::AddProblem(Place place, size_t number, uint64_t byte_offset,
                               std::string message) {
  LoadProblem problem{path_, place, number, byte_offset, std::move(message)};
  if (problems_++ == 0) first_problem_ = problem.ToString();
  if (problems_ <= LoadReport::kMostRemarks) {
    report_->problems.push_back(std::move(problem));
  } else {
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
