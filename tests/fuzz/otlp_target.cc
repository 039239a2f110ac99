#include <gtest/gtest.h>

#include "promlite/tests/fuzz/read_back.h"
#include "promlite/tests/fuzz/targets.h"
#include "promlite/tests/storage/otlp/metrics/receiver.h"

namespace promlite::fuzz {
namespace {

using internal::OtlpMetricsIngester;
using internal::Receiver;

OtlpOptions Options(std::string_view request) {
  OtlpOptions options;
  // A damaged time must not make years of target_info.
  options.lookback_delta_ms = int64_t{1} << 40;
  options.promote_scope_metadata = true;
  constexpr OtlpOptions::Delta kDeltas[] = {
      OtlpOptions::Delta::kRunningTotal, OtlpOptions::Delta::kRefuse,
      OtlpOptions::Delta::kToCumulative, OtlpOptions::Delta::kKeep};
  options.delta = kDeltas[request.size() % 4];
  options.convert_histograms_to_nhcb = request.size() % 3 == 0;
  return options;
}

void Ingest(std::string_view request, Database::OtlpEncoding encoding) {
  Database database({.otlp = Options(request)});
  const absl::Status status = database.IngestOtlp(request, encoding);
  EXPECT_TRUE(status.ok() || absl::IsInvalidArgument(status)) << status;
  ReadBack(database);
}

}  // namespace

void FuzzOtlpProtobuf(std::string_view request) {
  Receiver with_cache(Options(request));
  Receiver without(Options(request), OtlpMetricsIngester::Cache::kOff);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(with_cache.ReceiveProtobuf(request), without.ReceiveProtobuf(request));
  }
  EXPECT_EQ(with_cache.database().series(), without.database().series());
  EXPECT_EQ(with_cache.database().metadata(), without.database().metadata());
  EXPECT_EQ(with_cache.warnings(), without.warnings());
  EXPECT_EQ(with_cache.database().HistogramTexts(), without.database().HistogramTexts());
  Ingest(request, Database::OtlpEncoding::kProtobuf);
}

void FuzzOtlpLogs(std::string_view request) {
  for (const auto encoding : {Database::OtlpEncoding::kProtobuf, Database::OtlpEncoding::kJson}) {
    Database database;
    const absl::Status status = database.IngestOtlpLogs(request, encoding);
    EXPECT_TRUE(status.ok() || absl::IsInvalidArgument(status)) << status;
    const size_t requests = database.ApiRequests().size();
    EXPECT_EQ(database.IngestOtlpLogs(request, encoding), status);
    EXPECT_EQ(database.ApiRequests().size(), requests);
  }
}

void FuzzOtlpJson(std::string_view request) { Ingest(request, Database::OtlpEncoding::kJson); }

}  // namespace promlite::fuzz
