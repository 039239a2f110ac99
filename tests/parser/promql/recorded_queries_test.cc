// Holds the parser and the printer against what Prometheus 3.16 made of some thousand queries.

#include <gtest/gtest.h>
#include <simdjson.h>
#include <zlib.h>

#include <array>
#include <memory>
#include <string>

#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/position.h"
#include "promlite/tests/parser/promql/parse_helpers.h"

namespace promlite::promql {
namespace {

constexpr char kRecording[] = "tests/data/parser/prometheus-3.16.jsonl.gz";

std::string ReadGzip(const char* path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path, "rb"), gzclose);
  std::string text;
  if (file == nullptr) return text;
  std::array<char, 1 << 16> piece;
  int read = 0;
  while ((read = gzread(file.get(), piece.data(), piece.size())) > 0) {
    text.append(piece.data(), static_cast<size_t>(read));
  }
  return text;
}

// A field of a line; empty if it is not there.
std::string Field(const simdjson::dom::element& line, std::string_view name) {
  std::string_view value;
  return line[name].get(value) == simdjson::SUCCESS ? std::string(value) : "";
}

std::string RecordedRange(const simdjson::dom::element& line) {
  return std::to_string(int64_t{line["start"]}) + "-" + std::to_string(int64_t{line["end"]});
}

template <typename Check>
int ForEachRecordedQuery(Check check) {
  const std::string text = ReadGzip(kRecording);
  simdjson::dom::parser parser;
  int lines = 0;
  for (size_t start = 0, end = 0; start < text.size(); start = end + 1) {
    end = text.find('\n', start);
    check(simdjson::dom::element(parser.parse(text.data() + start, end - start)));
    ++lines;
  }
  return lines;
}

ParseOptions OptionsOf(const simdjson::dom::element& line) {
  const std::string options = Field(line, "options");
  if (options == "off") return {};
  ParseOptions enabled = AllOptions();
  enabled.unquoted_utf8_names = options == "unquoted";
  return enabled;
}

TEST(RecordedQueries, AreRefusedWithPrometheusErrors) {
  int refused = 0;
  ForEachRecordedQuery([&](const simdjson::dom::element& line) {
    const std::string error = Field(line, "error");
    if (error.empty()) return;
    ++refused;
    const std::string query = Field(line, "query");
    EXPECT_EQ(ErrorOf(query, OptionsOf(line)), error) << query;
    EXPECT_EQ(ErrorRangeOf(query, OptionsOf(line)), RecordedRange(line)) << query;
  });
  EXPECT_GT(refused, 3500);
}

TEST(RecordedQueries, ArePrintedAsPrometheusPrintsThem) {
  int accepted = 0;
  ForEachRecordedQuery([&](const simdjson::dom::element& line) {
    if (!Field(line, "error").empty()) return;
    ++accepted;
    const std::string query = Field(line, "query");
    const absl::StatusOr<ExprPtr> expr = Parse(query, OptionsOf(line));
    ASSERT_TRUE(expr.ok()) << query << "\n" << expr.status().message();
    const std::string text = Field(line, "text");
    const std::string pretty = Field(line, "pretty");
    EXPECT_EQ(Print(**expr), text) << query;
    EXPECT_EQ(PrettyPrint(**expr), pretty.empty() ? text : pretty) << query;
    EXPECT_EQ(DumpPositions(**expr), Field(line, "positions")) << query;
  });
  EXPECT_GT(accepted, 4500);
}

TEST(RecordedQueries, PrintedAndParsedAgainAreTheSame) {
  ForEachRecordedQuery([&](const simdjson::dom::element& line) {
    const ParseOptions options = OptionsOf(line);
    const absl::StatusOr<ExprPtr> expr = Parse(Field(line, "query"), options);
    if (!expr.ok()) return;
    for (const std::string& printed : {Print(**expr), PrettyPrint(**expr)}) {
      const absl::StatusOr<ExprPtr> again = Parse(printed, options);
      ASSERT_TRUE(again.ok()) << printed << "\n" << again.status().message();
      EXPECT_EQ(Dump(**again), Dump(**expr)) << printed;
    }
  });
}

}  // namespace
}  // namespace promlite::promql
