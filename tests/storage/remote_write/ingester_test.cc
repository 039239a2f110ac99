#include "promlite/storage/remote_write/ingester.h"

#include <snappy.h>

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
  return IngestRemoteWrite(body, appender);
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

TEST(RemoteWrite, RefusesVersion2) {
  EXPECT_THAT(Error(Body(std::string("\x22\x00\x22\x01x", 5))), HasSubstr("version 2.0"));
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
