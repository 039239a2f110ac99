#include "promlite/tests/storage/otlp/recorded_answers.h"

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
    if (series["histograms"].error() == simdjson::SUCCESS) recorded.histograms.push_back(labels);
    simdjson::dom::array values;
    if (series["values"].get(values) != simdjson::SUCCESS) continue;
    for (simdjson::dom::array sample : values) {
      const int64_t time = std::llround(double(sample.at(0)) * 1000);
      recorded.floats[labels][time] =
          std::strtod(std::string(std::string_view(sample.at(1))).c_str(), nullptr);
    }
  }
  return recorded;
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
