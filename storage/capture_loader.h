#ifndef PROMLITE_STORAGE_CAPTURE_LOADER_H_
#define PROMLITE_STORAGE_CAPTURE_LOADER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "promlite/storage/capture/byte_source.h"
#include "promlite/storage/capture/capture_file.h"
#include "promlite/storage/loading.h"
#include "promlite/storage/openmetrics/ingester.h"
#include "promlite/storage/request_ingester.h"

namespace promlite::internal {

// Loads one capture: its records go through the ingester, what is wrong with them into the report.
// Nothing is published.
class CaptureLoader {
 public:
  CaptureLoader(std::string path, RequestIngester* ingester, LoadReport* report);

  // As Database::LoadFile(). Call once.
  absl::Status Load(const LoadOptions& options);

  // What the file was when it was read; nothing if there was no record to be had.
  const std::optional<FileIdentity>& identity() const { return identity_; }

 private:
  void Ingest(const CaptureRecord& record);
  void IngestRequest(const CaptureRecord& record);
  void IngestLogs(const CaptureRecord& record);
  void IngestText(const CaptureRecord& record);
  void FinishText();
  void WarnIfNoApiRequests();
  void WarnOfDeltas();
  void AddProblem(LoadProblem::Place place, size_t number, uint64_t byte_offset,
                  std::string message);
  void AddWarning(std::string warning);

  const std::string path_;
  RequestIngester* const ingester_;
  LoadReport* const report_;
  std::unique_ptr<CaptureFile> file_;
  std::optional<FileIdentity> identity_;
  // The exposition that is being read, and the record in which it began.
  std::optional<TextIngester> text_;
  CaptureRecord text_begin_;
  size_t log_records_ = 0;
  size_t api_requests_ = 0;
  DeltaCounts deltas_;
  std::string first_problem_;
  size_t problems_ = 0;
  std::set<std::string> warnings_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_LOADER_H_
