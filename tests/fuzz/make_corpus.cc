// make_corpus FOLDER: writes first inputs for every target to FOLDER/<target>/, made from the
// captures, recorded questions and scripts of tests/, and FOLDER/promql.dict, the words of the
// language. Run from the source root.

#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/functions.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/capture_file.h"
#include "promlite/storage/capture/plc_format.h"
#include "promlite/storage/otlp/json_requests.h"
#include "promlite/storage/otlp/wire/request_signal.h"
#include "promlite/tests/golden/recording.h"
#include "remote_write.pb.h"

namespace promlite::fuzz {
namespace {

namespace fs = std::filesystem;
using internal::CaptureRecord;
using internal::RecordKind;

constexpr size_t kQueries = 1200;
constexpr size_t kRequestsOfCapture = 40;
constexpr size_t kLargestRequest = 4096;  // bytes

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string LengthPrefixed(std::string_view record) {
  std::string framed;
  for (int shift = 24; shift >= 0; shift -= 8) {
    framed += static_cast<char>(record.size() >> shift);
  }
  return framed.append(record);
}

std::string Zstd(std::string_view bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 3));
  return packed;
}

std::string Gzip(std::string_view bytes) {
  constexpr int kGzipWindowBits = 15 + 16;
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, kGzipWindowBits, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

class Corpus {
 public:
  explicit Corpus(fs::path folder) : folder_(std::move(folder)) {}

  void Add(const std::string& target, std::string_view input) {
    const fs::path folder = folder_ / target;
    if (!seen_.insert(target + ' ' + std::string(input)).second) return;
    fs::create_directories(folder);
    std::ofstream file(folder / absl::StrCat("seed-", seen_.size()), std::ios::binary);
    file.write(input.data(), static_cast<std::streamsize>(input.size()));
  }

  void AddQuery(const std::string& query) {
    Add("parser", query);
    Add("engine", query);
  }

  // A capture in every wrapping.
  void AddCapture(std::string_view bytes) {
    Add("capture", bytes);
    Add("capture", Gzip(bytes));
    Add("capture", Zstd(bytes));
  }

 private:
  const fs::path folder_;
  std::set<std::string> seen_;
};

void AddRecordedQueries(Corpus* corpus) {
  std::set<std::string> queries;
  for (const std::string& name : golden::RecordingNames()) {
    const absl::StatusOr<golden::Recording> recording = golden::ReadRecording(name);
    if (!recording.ok()) continue;
    for (const golden::Question& question : recording->questions) queries.insert(question.query);
  }
  const size_t stride = std::max<size_t>(1, queries.size() / kQueries);
  size_t number = 0;
  for (const std::string& query : queries) {
    if (number++ % stride == 0) corpus->AddQuery(query);
  }
}

// Scripts, and each of their paragraphs.
void AddScripts(Corpus* corpus) {
  for (const auto& entry : fs::recursive_directory_iterator("tests")) {
    if (entry.path().extension() != ".test") continue;
    const std::string script = ReadAll(entry.path());
    for (const auto paragraph : absl::StrSplit(script, "\n\n")) {
      corpus->Add("script", std::string_view(paragraph.data(), paragraph.size()));
    }
  }
}

// Whole requests, each alone; the first few as captures of all forms.
void AddRequests(const fs::path& path, Corpus* corpus) {
  auto file = internal::CaptureFile::Open(path);
  if (!file.ok()) return;
  std::string framed, zstd_framed, lines, plc(internal::kPlcMagic);
  CaptureRecord record;
  std::string problem;
  for (size_t i = 0; i < kRequestsOfCapture; ++i) {
    if ((*file)->Next(&record, &problem) != internal::RecordReader::Step::kRecord) break;
    if (record.payload.size() > kLargestRequest) continue;
    const bool json = record.kind == RecordKind::kOtlpJson;
    const bool logs =
        json ? internal::SignalsOfJson(record.payload).logs
             : internal::SignalOfProtobuf(record.payload) == internal::OtlpSignal::kLogs;
    corpus->Add(logs ? "otlp_logs" : json ? "otlp_json" : "otlp_protobuf", record.payload);
    if (i >= 3) continue;
    framed += LengthPrefixed(record.payload);
    zstd_framed += LengthPrefixed(Zstd(record.payload));
    if (json) lines += std::string(record.payload) + "\n";
    internal::AppendPlcBlock(record.kind, 0, record.payload, &plc);
    if (i == 0) corpus->AddCapture(record.payload);
  }
  corpus->AddCapture(framed);
  corpus->AddCapture(zstd_framed);
  if (!lines.empty()) corpus->AddCapture(lines);
  corpus->AddCapture(plc);
  corpus->Add("plc", plc);
}

// Files as people have them.
void AddDoors(Corpus* corpus) {
  for (const auto& entry : fs::directory_iterator("tests/data/doors")) {
    corpus->AddCapture(ReadAll(entry.path()));
  }
}

void AddTexts(Corpus* corpus) {
  for (const auto& entry : fs::directory_iterator("tests/fuzz/seeds/text")) {
    const std::string text = ReadAll(entry.path());
    corpus->Add("text", text);
    corpus->AddCapture(text);
    std::string plc(internal::kPlcMagic);
    const size_t half = text.find('\n', text.size() / 2) + 1;
    internal::AppendPlcBlock(
        text.ends_with("# EOF\n") ? RecordKind::kOpenMetricsText : RecordKind::kPrometheusText, 1,
        text.substr(0, half), &plc);
    internal::AppendPlcBlock(RecordKind::kTextContinuation, 2, text.substr(half), &plc);
    corpus->Add("plc", plc);
  }
}

void AddHistogram(bool of_integers, remote_write::TimeSeries* series) {
  remote_write::Histogram* histogram = series->add_histograms();
  histogram->set_sum(2.5);
  histogram->set_schema(of_integers ? 3 : -53);
  histogram->set_timestamp(1'760'000'060'000);
  remote_write::BucketSpan* span = histogram->add_positive_spans();
  span->set_offset(of_integers ? -2 : 0);
  span->set_length(2);
  if (of_integers) {
    histogram->set_count_int(6);
    histogram->set_zero_count_int(1);
    histogram->set_zero_threshold(0.001);
    for (const int delta : {2, 1}) histogram->add_positive_deltas(delta);
  } else {
    histogram->set_count_float(3);
    for (const double count : {1.0, 2.0}) histogram->add_positive_counts(count);
    histogram->add_custom_values(0.5);
  }
}

void AddWriteRequests(Corpus* corpus) {
  remote_write::WriteRequest request;
  for (const char* name : {"up", "http_requests_total", "native", "custom"}) {
    remote_write::TimeSeries* series = request.add_timeseries();
    for (const auto& [label, value] : {std::pair("__name__", name), {"job", "j"}}) {
      remote_write::Label* added = series->add_labels();
      added->set_name(label);
      added->set_value(value);
    }
    remote_write::Sample* sample = series->add_samples();
    sample->set_value(1);
    sample->set_timestamp(1'760'000'000'000);
    if (request.timeseries_size() > 2) AddHistogram(request.timeseries_size() == 3, series);
  }
  remote_write::MetricMetadata* metadata = request.add_metadata();
  metadata->set_type(remote_write::MetricMetadata::COUNTER);
  metadata->set_metric_family_name("http_requests_total");
  metadata->set_help("Requests.");
  const std::string unpacked = request.SerializeAsString();
  std::string body;
  snappy::Compress(unpacked.data(), unpacked.size(), &body);
  corpus->Add("remote_write", unpacked);
  corpus->Add("remote_write", body);
  corpus->AddCapture(body);
  std::string plc(internal::kPlcMagic);
  internal::AppendPlcBlock(RecordKind::kRemoteWrite, 0, body, &plc);
  corpus->Add("plc", plc);
}

void WriteDictionary(const fs::path& path) {
  std::ofstream file(path);
  for (const promql::Function& function : promql::AllFunctions())
    file << '"' << function.name << "(\"\n";
  for (const promql::AggregateOp op : promql::AllAggregateOps())
    file << '"' << promql::AggregateName(op) << "\"\n";
  for (const char* word :
       {"and",         "or",       "unless",    "atan2",      "bool",
        "by",          "without",  "on",        "ignoring",   "group_left",
        "group_right", "fill",     "fill_left", "fill_right", "offset",
        "anchored",    "smoothed", "start()",   "end()",      "step()",
        "range()",     "max_of(",  "min_of(",   "inf",        "nan",
        "=~",          "!~",       "!=",        "==",         ">=",
        "<=",          "</",       ">/",        "[5m]",       "[5m:1m]",
        "@",           "__name__", "{}",        "a.b",        "\\xC3\\xA9t\\xC3\\xA9"}) {
    file << '"' << word << "\"\n";
  }
  // Of scripts.
  for (const char* word : {"load 1m",
                           "load_with_nhcb",
                           "clear",
                           "eval instant at 1m",
                           "eval range from 0 to 5m step 1m",
                           "expect fail",
                           "expect ordered",
                           "expect warn msg:",
                           "expect no_info",
                           "expect string",
                           "{{schema:0",
                           "buckets:[1 2]",
                           "n_buckets:[",
                           "z_bucket_w:",
                           "custom_values:[",
                           "counter_reset_hint:gauge",
                           "stale",
                           "_x3",
                           "1+1x5",
                           "@st"}) {
    file << '"' << word << "\"\n";
  }
}

int Main(const fs::path& folder) {
  if (!fs::is_directory("tests/data/captures")) {
    std::cerr << "make_corpus: no tests/data/captures here: run it from the source root\n";
    return 1;
  }
  Corpus corpus(folder);
  AddRecordedQueries(&corpus);
  AddScripts(&corpus);
  AddTexts(&corpus);
  AddDoors(&corpus);
  AddWriteRequests(&corpus);
  for (const auto& entry : fs::recursive_directory_iterator("tests/data/captures")) {
    if (entry.is_regular_file()) AddRequests(entry.path(), &corpus);
  }
  WriteDictionary(folder / "promql.dict");
  return 0;
}

}  // namespace
}  // namespace promlite::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: make_corpus FOLDER\n";
    return 1;
  }
  return promlite::fuzz::Main(argv[1]);
}
