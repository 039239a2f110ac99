#ifndef PROMLITE_STORAGE_CAPTURE_LOADER_H_
#define PROMLITE_STORAGE_CAPTURE_LOADER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "promlite/storage/capture/byte_source.h"
#include "promlite/storage/capture/capture_file.h"
#include "promlite/storage/capture/save_captures.h"
#include "promlite/storage/loading.h"
#include "promlite/storage/openmetrics/ingester.h"
#include "promlite/storage/openmetrics/text_starts.h"
#include "promlite/storage/request_ingester.h"

namespace promlite::internal {

// Loads one capture: its records go through the ingester, what is wrong with them into the report.
// Nothing is published.
class CaptureLoader {
 public:
  CaptureLoader(std::string path, RequestIngester* ingester, LoadReport* report);

  // As Database::LoadFile(). Call once.
  absl::Status Load(const LoadOptions& options);

  // What the file was when it was read; nothing if there was no record to be had. Its path is as it
  // was given.
  const std::optional<LoadedCapture>& loaded() const { return loaded_; }

 private:
  std::optional<int64_t> ScrapeTime(const CaptureRecord& record) const;
  void Ingest(const CaptureRecord& record);
  void IngestOtlpJson(const CaptureRecord& record);
  void IngestOtlpProtobuf(const CaptureRecord& record);
  void IngestRequest(const CaptureRecord& record);
  void IngestLogs(const CaptureRecord& record);
  void IngestText(const CaptureRecord& record);
  void FinishText();
  void CollectStarts();
  void TellStep(RecordReader::Step step, const CaptureRecord& record, std::string problem);
  absl::Status FirstProblem() const;
  void WarnIfNoApiRequests();
  void WarnOfTraces();
  void WarnOfDeltas();
  void AddProblem(LoadProblem problem);
  void AddRecordProblem(const CaptureRecord& record, std::string_view message);
  void AddWarning(std::string warning);

  const std::string path_;
  RequestIngester* const ingester_;
  LoadReport* const report_;
  std::shared_ptr<const InputFile> input_;
  std::unique_ptr<CaptureFile> file_;
  LoadOptions options_;
  std::optional<LoadedCapture> loaded_;
  // The exposition that is being read, and the record in which it began.
  std::optional<TextIngester> text_;
  CaptureRecord text_begin_;
  // Of the OpenMetrics texts of the file, by the number of the record in which they begin; once the
  // first of them is met.
  std::optional<std::map<size_t, TextStarts>> starts_;
  size_t log_records_ = 0;
  size_t api_requests_ = 0;
  DeltaCounts deltas_;
  size_t traces_ = 0;
  std::string first_problem_;
  size_t problems_ = 0;
  std::map<std::string, size_t> kinds_;  // of problems, to where they stand in the report
  std::set<std::string> warnings_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_LOADER_H_
