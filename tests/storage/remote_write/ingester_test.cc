#include "promlite/storage/remote_write/ingester.h"

#include <snappy.h>
#include <zstd.h>

#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/tests/storage/metrics/recording_appender.h"
#include "remote_write.pb.h"

namespace promlite::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Body(const std::string& request) {
  std::string body;
  snappy::Compress(request.data(), request.size(), &body);
  return body;
}

std::string Body(const remote_write::WriteRequest& request) {
  return Body(request.SerializeAsString());
}

remote_write::TimeSeries* AddSeries(const std::vector<std::pair<std::string, std::string>>& labels,
                                    remote_write::WriteRequest* request) {
  remote_write::TimeSeries* series = request->add_timeseries();
  for (const auto& [name, value] : labels) {
    remote_write::Label* label = series->add_labels();
    label->set_name(name);
    label->set_value(value);
  }
  return series;
}

void AddSample(double value, int64_t timestamp, remote_write::TimeSeries* series) {
  remote_write::Sample* sample = series->add_samples();
  sample->set_value(value);
  sample->set_timestamp(timestamp);
}

absl::Status Read(const std::string& body, RecordingAppender* appender) {
  return IngestRemoteWrite(body, RemoteWriteVersion::kUnknown, appender);
}

std::string Error(const std::string& body) {
  RecordingAppender appender;
  return std::string(Read(body, &appender).message());
}

TEST(RemoteWrite, AppendsSamplesWithTheirBits) {
  remote_write::WriteRequest request;
  remote_write::TimeSeries* up = AddSeries({{"__name__", "up"}, {"job", "a"}}, &request);
  AddSample(1, 1700000000000, up);
  AddSample(-0.0, -5, up);
  AddSample(std::bit_cast<double>(0x7ff8000000000007), 2, up);
  AddSample(StalenessMarker(), 3, up);
  AddSample(0, 0, up);
  AddSample(2, 4, AddSeries({{"__name__", "down"}}, &request));

  RecordingAppender appender;
  ASSERT_TRUE(Read(Body(request), &appender).ok());
  EXPECT_THAT(appender.samples[R"({__name__="up", job="a"})"],
              ElementsAre(RecordingAppender::Entry{1700000000000, std::bit_cast<uint64_t>(1.0)},
                          RecordingAppender::Entry{-5, std::bit_cast<uint64_t>(-0.0)},
                          RecordingAppender::Entry{2, 0x7ff8000000000007},
                          RecordingAppender::Entry{3, kStalenessMarkerBits, true},
                          RecordingAppender::Entry{0, 0}));
  EXPECT_EQ(appender.samples.size(), 2u);
  EXPECT_EQ(appender.sample_count(), 6u);
}

TEST(RemoteWrite, SortsLabelsAndDropsEmptyOnes_AsPrometheusDoes) {
  remote_write::WriteRequest request;
  AddSample(1, 1, AddSeries({{"z", "1"}, {"__name__", "up"}, {"b", ""}, {"a", "2"}}, &request));
  RecordingAppender appender;
  ASSERT_TRUE(Read(Body(request), &appender).ok());
  EXPECT_TRUE(appender.samples.contains(R"({__name__="up", a="2", z="1"})"));
}

TEST(RemoteWrite, KeepsMetadata) {
  remote_write::WriteRequest request;
  remote_write::MetricMetadata* metadata = request.add_metadata();
  metadata->set_metric_family_name("a_seconds");
  metadata->set_type(remote_write::MetricMetadata::HISTOGRAM);
  metadata->set_help("How long.");
  metadata->set_unit("seconds");
  RecordingAppender appender;
  ASSERT_TRUE(Read(Body(request), &appender).ok());
  EXPECT_EQ(appender.metadata["a_seconds"].type, "histogram");
  EXPECT_EQ(appender.metadata["a_seconds"].help, "How long.");
  EXPECT_EQ(appender.metadata["a_seconds"].unit, "seconds");
}

TEST(RemoteWrite, AcceptsAnEmptyRequest) {
  RecordingAppender appender;
  EXPECT_TRUE(Read(Body(std::string()), &appender).ok());
  EXPECT_THAT(appender.samples, IsEmpty());
}

TEST(RemoteWrite, RefusesBadLabels) {
  const struct {
    std::vector<std::pair<std::string, std::string>> labels;
    std::string error;
  } kCases[] = {
      {{}, "the metric name is missing"},
      {{{"a", "b"}}, "the metric name is missing"},
      {{{"__name__", ""}}, "the metric name is missing"},
      {{{"__name__", "up"}, {"", "x"}}, "a label has no name"},
      {{{"__name__", "up"}, {"a", "1"}, {"a", "2"}}, "the label name \"a\" is not unique"},
      {{{"__name__", "up"}, {"a", "\xc0\x80"}}, "the label \"a\" is not valid UTF-8"},
      {{{"__name__", "up"}, {"\xff", "1"}}, "the label \"\\xff\" is not valid UTF-8"},
  };
  for (const auto& [labels, error] : kCases) {
    remote_write::WriteRequest request;
    AddSample(1, 1, AddSeries({{"__name__", "good"}}, &request));
    AddSample(1, 1, AddSeries(labels, &request));
    EXPECT_EQ(Error(Body(request)), "remote write: series 2: " + error);
  }
}

// A request of version 2.0 with the series `hits_total{job="a"}`.
remote_write::Request2 Version2() {
  remote_write::Request2 request;
  for (const char* symbol : {"", "__name__", "hits_total", "job", "a", "What hits.", "hits"}) {
    request.add_symbols(symbol);
  }
  remote_write::TimeSeries2* series = request.add_timeseries();
  for (const uint32_t number : {1u, 2u, 3u, 4u}) series->add_labels_refs(number);
  series->mutable_metadata()->set_type(1);
  series->mutable_metadata()->set_help_ref(5);
  series->mutable_metadata()->set_unit_ref(6);
  return request;
}

void AddSample2(double value, int64_t timestamp, int64_t start, remote_write::TimeSeries2* series) {
  remote_write::Sample2* sample = series->add_samples();
  sample->set_value(value);
  sample->set_timestamp(timestamp);
  sample->set_start_timestamp(start);
}

TEST(RemoteWrite, Version2_HasSymbolsStartsAndMetadata) {
  remote_write::Request2 request = Version2();
  AddSample2(1, 2000, 1000, request.mutable_timeseries(0));
  AddSample2(2, 3000, 1000, request.mutable_timeseries(0));
  AddSample2(1, 5000, 4000, request.mutable_timeseries(0));
  AddSample2(3, 6000, 7000, request.mutable_timeseries(0));
  AddSample2(StalenessMarker(), 8000, 0, request.mutable_timeseries(0));
  RecordingAppender appender;
  ASSERT_TRUE(Read(Body(request.SerializeAsString()), &appender).ok());
  const std::string series = R"({__name__="hits_total", job="a"})";
  EXPECT_EQ(appender.samples[series].size(), 5u);
  EXPECT_TRUE(appender.samples[series].back().stale);
  EXPECT_THAT(appender.starts_ms[series], ElementsAre(1000, 1000, 4000, 7000));
  EXPECT_EQ(appender.metadata["hits_total"].type, "counter");
  EXPECT_EQ(appender.metadata["hits_total"].help, "What hits.");
  EXPECT_EQ(appender.metadata["hits_total"].unit, "hits");
}

TEST(RemoteWrite, Version2_OfOlderSenders_HasOneCreatedTimestampForAll) {
  remote_write::Request2 request = Version2();
  request.mutable_timeseries(0)->set_created_timestamp(500);
  AddSample2(1, 2000, 0, request.mutable_timeseries(0));
  remote_write::Histogram2* histogram = request.mutable_timeseries(0)->add_histograms();
  histogram->set_count_int(1);
  histogram->set_zero_count_int(1);
  histogram->set_timestamp(3000);
  RecordingAppender appender;
  ASSERT_TRUE(Read(Body(request.SerializeAsString()), &appender).ok());
  EXPECT_THAT(appender.starts_ms[R"({__name__="hits_total", job="a"})"], ElementsAre(500));
  EXPECT_EQ(appender.histograms[R"({__name__="hits_total", job="a"})"].size(), 1u);
}

TEST(RemoteWrite, Version2_RefusesSymbolsThatAreNotThere) {
  remote_write::Request2 request = Version2();
  request.mutable_timeseries(0)->add_labels_refs(3);
  EXPECT_EQ(Error(Body(request.SerializeAsString())),
            "remote write: series 1: a label has no value");
  request.mutable_timeseries(0)->add_labels_refs(7);
  EXPECT_EQ(Error(Body(request.SerializeAsString())),
            "remote write: series 1: symbol 7 is used, and there are 7");
  request.set_symbols(0, "x");
  EXPECT_EQ(Error(Body(request.SerializeAsString())),
            "remote write: the first symbol is not empty");
}

TEST(RemoteWrite, OfAVersion_RefusesTheOther) {
  remote_write::Request2 request2 = Version2();
  AddSample2(1, 1, 0, request2.mutable_timeseries(0));
  remote_write::WriteRequest request1;
  AddSample(1, 1, AddSeries({{"__name__", "up"}}, &request1));
  RecordingAppender appender;
  EXPECT_THAT(std::string(IngestRemoteWrite(Body(request2.SerializeAsString()),
                                            RemoteWriteVersion::k1, &appender)
                              .message()),
              HasSubstr("of version 2.0"));
  EXPECT_THAT(
      std::string(IngestRemoteWrite(Body(request1), RemoteWriteVersion::k2, &appender).message()),
      HasSubstr("of version 1.0"));
}

TEST(RemoteWrite, KnowsItsVersionByTheContentType) {
  EXPECT_EQ(*RemoteWriteVersionOfType(""), RemoteWriteVersion::kUnknown);
  EXPECT_EQ(*RemoteWriteVersionOfType("application/x-protobuf"), RemoteWriteVersion::k1);
  EXPECT_EQ(*RemoteWriteVersionOfType("application/x-protobuf;proto=prometheus.WriteRequest"),
            RemoteWriteVersion::k1);
  EXPECT_EQ(
      *RemoteWriteVersionOfType("application/x-protobuf; proto=io.prometheus.write.v2.Request"),
      RemoteWriteVersion::k2);
  for (const char* type : {"text/plain", "application/x-protobuf;proto=io.prometheus.write.v3.R"}) {
    EXPECT_THAT(std::string(RemoteWriteVersionOfType(type).status().message()), HasSubstr(type));
  }
}

TEST(RemoteWrite, MayBeUncompressed_OrInZstd) {
  remote_write::WriteRequest request1;
  AddSample(1, 1, AddSeries({{"__name__", "up"}, {"job", "a"}}, &request1));
  remote_write::Request2 request2 = Version2();
  AddSample2(1, 1, 0, request2.mutable_timeseries(0));
  for (const std::string& request : {request1.SerializeAsString(), request2.SerializeAsString()}) {
    std::string zstd(ZSTD_compressBound(request.size()), '\0');
    zstd.resize(ZSTD_compress(zstd.data(), zstd.size(), request.data(), request.size(), 3));
    for (const std::string& body : {request, zstd}) {
      RecordingAppender appender;
      EXPECT_TRUE(Read(body, &appender).ok());
      EXPECT_EQ(appender.sample_count(), 1u);
    }
    EXPECT_THAT(Error(zstd.substr(0, zstd.size() - 1)), HasSubstr("zstd"));
  }
}

TEST(RemoteWrite, RefusesWhatIsNotSnappy) {
  EXPECT_THAT(Error(""), HasSubstr("snappy"));
  EXPECT_THAT(Error("no snappy at all"), HasSubstr("snappy"));
  // A promise of 4 GB in five bytes.
  EXPECT_THAT(Error("\xff\xff\xff\xff\x0f"), HasSubstr("snappy"));
  EXPECT_THAT(Error(Body(std::string(65 << 20, '\n'))), HasSubstr("too large"));
}

TEST(RemoteWrite, AtEveryTruncation_IsAnErrorOrAShorterRequest) {
  remote_write::WriteRequest request;
  AddSample(1, 1, AddSeries({{"__name__", "up"}, {"job", "a"}}, &request));
  AddSample(2, 2, AddSeries({{"__name__", "down"}, {"job", "b"}}, &request));
  request.add_metadata()->set_metric_family_name("up");
  const std::string whole = request.SerializeAsString();
  size_t good = 0;
  for (size_t size = 0; size < whole.size(); ++size) {
    RecordingAppender appender;
    const absl::Status status = Read(Body(whole.substr(0, size)), &appender);
    remote_write::WriteRequest reference;
    EXPECT_EQ(status.ok(), reference.ParseFromString(whole.substr(0, size))) << size;
    good += status.ok() ? 1 : 0;
  }
  EXPECT_EQ(good, 3u);  // nothing, one series, two series
  const std::string body = Body(request);
  for (size_t size = 0; size < body.size(); ++size) {
    EXPECT_THAT(Error(body.substr(0, size)), HasSubstr("snappy")) << size;
  }
}

TEST(RemoteWrite, TakesNoMemoryForEmptyMessages) {
  // 32 million empty labels: libprotobuf would make gigabytes of it.
  std::string labels(size_t{60} << 20, '\0');
  for (size_t i = 0; i < labels.size(); i += 2) labels[i] = '\x0a';
  std::string request = "\x0a";
  for (size_t size = labels.size(); size > 0; size >>= 7) {
    request += static_cast<char>((size & 0x7f) | (size >= 0x80 ? 0x80 : 0));
  }
  request += labels;
  EXPECT_THAT(Error(Body(request)), HasSubstr("a label has no name"));
  // As many empty series.
  EXPECT_THAT(Error(Body(labels)), HasSubstr("series 1: the metric name is missing"));
}

}  // namespace
}  // namespace promlite::internal
