#include "promlite/storage/capture/save_captures.h"

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "promlite/storage/capture/capture_file.h"
#include "promlite/storage/capture/plc_writer.h"

namespace promlite::internal {
namespace {

absl::Status Copy(const LoadedCapture& capture, PlcWriter* writer) {
  const absl::StatusOr<std::unique_ptr<CaptureFile>> file =
      capture.copy != nullptr ? CaptureFile::Open(capture.copy) : CaptureFile::Open(capture.path);
  if (!file.ok() || (*file)->identity() != capture.identity) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot save: ", capture.path, " is no longer the file that was loaded",
                     file.ok() ? "" : absl::StrCat(" (", file.status().message(), ")")));
  }
  CaptureRecord record;
  std::string problem;
  for (;;) {
    switch ((*file)->Next(&record, &problem)) {
      case RecordReader::Step::kRecord: {
        const bool has_time = record.received_ms != 0 || !IsText(record.kind);
        const int64_t received_ms = has_time ? record.received_ms : capture.scraped_ms;
        absl::Status status = writer->Append(record.kind, received_ms, record.payload);
        if (!status.ok()) return status;
        break;
      }
      case RecordReader::Step::kBad:
        break;
      case RecordReader::Step::kEnd:
        return absl::OkStatus();
    }
  }
}

}  // namespace

absl::Status SaveCaptures(std::span<const LoadedCapture> captures, const std::string& path) {
  absl::StatusOr<std::unique_ptr<PlcWriter>> writer = PlcWriter::Create(path);
  if (!writer.ok()) return writer.status();
  for (const LoadedCapture& capture : captures) {
    if (absl::Status status = Copy(capture, writer->get()); !status.ok()) return status;
  }
  return (*writer)->Finish();
}

}  // namespace promlite::internal
