#include "promlite/tests/storage/otlp/metrics/recorded_answers.h"

#include <gtest/gtest.h>
#include <simdjson.h>
#include <zlib.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace promlite::internal {

namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

// The first two lines of a gzip file: how it was made, and the first question.
std::array<std::string, 2> ReadFirstLines(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  EXPECT_NE(file, nullptr) << path;
  std::array<std::string, 2> lines;
  for (std::string& line : lines) {
    for (int c = gzgetc(file); c != -1 && c != '\n'; c = gzgetc(file)) {
      line.push_back(static_cast<char>(c));
    }
  }
  gzclose(file);
  return lines;
}

Labels ReadLabels(simdjson::dom::object metric) {
  std::vector<Labels::Label> labels;
  for (const auto& [name, value] : metric) {
    labels.emplace_back(name, std::string(std::string_view(value)));
  }
  return Labels(std::move(labels));
}

int64_t ReadTime(simdjson::dom::element seconds) { return std::llround(double(seconds) * 1000); }

double ReadNumber(simdjson::dom::element text) {
  return std::strtod(std::string(std::string_view(text)).c_str(), nullptr);
}

ShownHistogram ReadHistogram(simdjson::dom::element histogram) {
  ShownHistogram read{ReadNumber(histogram["count"]), ReadNumber(histogram["sum"]), {}};
  simdjson::dom::array buckets;
  if (histogram["buckets"].get(buckets) != simdjson::SUCCESS) return read;
  for (simdjson::dom::array bucket : buckets) {
    read.buckets.push_back({static_cast<int>(int64_t(bucket.at(0))), ReadNumber(bucket.at(1)),
                            ReadNumber(bucket.at(2)), ReadNumber(bucket.at(3))});
  }
  return read;
}

}  // namespace

std::vector<std::string> ReadRequests(const std::string& path) {
  const std::string content = ReadFile(path);
  std::vector<std::string> requests;
  for (size_t i = 0; i + 4 <= content.size();) {
    size_t size = 0;
    for (size_t k = 0; k < 4; ++k) size = size << 8 | static_cast<unsigned char>(content[i + k]);
    requests.push_back(content.substr(i + 4, size));
    i += 4 + size;
  }
  EXPECT_FALSE(requests.empty()) << path;
  return requests;
}

std::vector<std::string> ReadLines(const std::string& path) {
  std::stringstream content(ReadFile(path));
  std::vector<std::string> lines;
  for (std::string line; std::getline(content, line);) lines.push_back(line);
  EXPECT_FALSE(lines.empty()) << path;
  return lines;
}

RecordedSeries ReadRecordedSeries(const std::string& path) {
  simdjson::dom::parser parser;
  const std::string question = ReadFirstLines(path)[1];
  simdjson::dom::element answers = parser.parse(question);
  RecordedSeries recorded;
  for (simdjson::dom::object series : answers["answers"].at(0)["data"]["result"].get_array()) {
    const Labels labels = ReadLabels(series["metric"]);
    simdjson::dom::array histograms;
    if (series["histograms"].get(histograms) == simdjson::SUCCESS) {
      for (simdjson::dom::array sample : histograms) {
        recorded.histograms[labels][ReadTime(sample.at(0))] = ReadHistogram(sample.at(1));
      }
    }
    simdjson::dom::array values;
    if (series["values"].get(values) != simdjson::SUCCESS) continue;
    for (simdjson::dom::array sample : values) {
      recorded.floats[labels][ReadTime(sample.at(0))] = ReadNumber(sample.at(1));
    }
  }
  return recorded;
}

ShownHistogram Show(const Histogram& histogram) {
  ShownHistogram shown{histogram.count, histogram.sum, {}};
  const auto add = [&](int kind, double lower, double upper, double count) {
    if (count != 0) shown.buckets.push_back({kind, lower, upper, count});
  };
  for (auto bucket = histogram.negative.rbegin(); bucket != histogram.negative.rend(); ++bucket) {
    add(1, -BucketUpperBound(histogram, bucket->index),
        -BucketUpperBound(histogram, bucket->index - 1), bucket->count);
  }
  add(3, -histogram.zero_threshold, histogram.zero_threshold, histogram.zero_count);
  for (const HistogramBucket& bucket : histogram.positive) {
    const bool begins_at_infinity = histogram.UsesCustomBuckets() && bucket.index == 0;
    add(begins_at_infinity ? 3 : 0, BucketUpperBound(histogram, bucket.index - 1),
        BucketUpperBound(histogram, bucket.index), bucket.count);
  }
  return shown;
}

std::map<std::string, int> ReadRecordedRefusals(const std::string& path) {
  simdjson::dom::parser parser;
  const std::string header = ReadFirstLines(path)[0];
  simdjson::dom::element made = parser.parse(header);
  std::map<std::string, int> refusals;
  for (const auto& [answer, count] : made["refused"].get_object()) {
    std::string words(answer.substr(4));  // after "500 "
    while (words.ends_with('\n')) words.pop_back();
    refusals[words] = static_cast<int>(int64_t(count));
  }
  return refusals;
}

}  // namespace promlite::internal
