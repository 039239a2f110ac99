#include "promlite/tests/golden/compare_bodies.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::golden {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

std::optional<element> Member(object from, std::string_view key) {
  element found;
  if (from[key].get(found) != simdjson::SUCCESS) return std::nullopt;
  return found;
}

std::string Text(std::optional<element> value) {
  return value ? simdjson::minify(*value) : std::string("nothing");
}

std::string Difference(std::string_view what, const std::string& expected,
                       const std::string& actual) {
  return absl::StrCat(Absl(what), ": expected ", expected, ", got ", actual);
}

// Sample values stand in strings.
bool SameNumber(std::string_view expected, std::string_view actual, double relative) {
  if (expected == actual) return true;
  if (relative == 0) return false;
  char* end = nullptr;
  const std::string expected_text(expected), actual_text(actual);
  const double a = std::strtod(expected_text.c_str(), &end);
  if (*end != '\0') return false;
  const double b = std::strtod(actual_text.c_str(), &end);
  if (*end != '\0') return false;
  return std::abs(a - b) <= relative * std::abs(a);
}

// Any JSON value; strings are sample values. Numbers (timestamps) must be the same.
bool SameSample(element expected, element actual, double relative) {
  if (expected.type() == element_type::STRING && actual.type() == element_type::STRING) {
    return SameNumber(std::string_view(expected), std::string_view(actual), relative);
  }
  if (expected.type() == element_type::ARRAY && actual.type() == element_type::ARRAY) {
    const array a(expected), b(actual);
    if (a.size() != b.size()) return false;
    auto other = b.begin();
    for (element item : a) {
      if (!SameSample(item, *other, relative)) return false;
      ++other;
    }
    return true;
  }
  if (expected.type() == element_type::OBJECT && actual.type() == element_type::OBJECT) {
    const object a(expected), b(actual);
    if (a.size() != b.size()) return false;
    for (auto [key, value] : a) {
      const std::optional<element> other = Member(b, key);
      if (!other || !SameSample(value, *other, relative)) return false;
    }
    return true;
  }
  // Timestamps: 1760007720 and 1760007720.0 are the same to JSON.
  if (expected.is_number() && actual.is_number()) return double{expected} == double{actual};
  return simdjson::minify(expected) == simdjson::minify(actual);
}

// The labels of a series of a result, in one comparable piece.
std::string LabelsKey(object series) {
  std::map<std::string_view, std::string_view> labels;
  if (auto metric = Member(series, "metric")) {
    for (auto [name, value] : object(*metric)) labels[name] = std::string_view(value);
  }
  std::string key = "{";
  for (const auto& [name, value] : labels) {
    absl::StrAppend(&key, key.size() > 1 ? ", " : "", Absl(name), "=\"", Absl(value), "\"");
  }
  return key + "}";
}

// The samples of one series: "value" or "histogram" (one), "values" and "histograms" (a list each).
std::string SeriesDifference(object expected, object actual, double relative) {
  for (std::string_view key : {"value", "histogram", "values", "histograms"}) {
    const std::optional<element> a = Member(expected, key), b = Member(actual, key);
    if (!a && !b) continue;
    if (!a || !b) return Difference(key, Text(a), Text(b));
    const array list(*a);
    if (key.ends_with('s') && list.size() == array(*b).size()) {
      auto other = array(*b).begin();
      for (element sample : list) {
        if (!SameSample(sample, *other, relative))
          return Difference(key, Text(sample), Text(*other));
        ++other;
      }
    } else if (!SameSample(*a, *b, relative)) {
      return Difference(key, Text(a), Text(b));
    }
  }
  return "";
}

using SeriesByLabels = std::map<std::string, object>;

SeriesByLabels Keyed(array result) {
  SeriesByLabels keyed;
  for (element series : result) keyed.emplace(LabelsKey(series), object(series));
  return keyed;
}

// Labels that differ in nothing but the last digits of numbers: count_values makes labels of
// values.
bool SameLabels(object expected, object actual, double relative) {
  const std::optional<element> a = Member(expected, "metric"), b = Member(actual, "metric");
  return a && b && SameSample(*a, *b, relative);
}

SeriesByLabels::const_iterator FindSeries(const SeriesByLabels& in, const std::string& labels,
                                          object series, double relative) {
  const auto exact = in.find(labels);
  if (exact != in.end() || relative == 0) return exact;
  return std::find_if(in.begin(), in.end(), [&](const SeriesByLabels::value_type& other) {
    return SameLabels(series, other.second, relative);
  });
}

std::string SeriesSetDifference(array expected, array actual, double relative) {
  const SeriesByLabels a = Keyed(expected), b = Keyed(actual);
  if (actual.size() != b.size()) return "a series stands in the result twice";
  std::set<std::string> found;
  for (const auto& [labels, series] : a) {
    const auto other = FindSeries(b, labels, series, relative);
    if (other == b.end()) return absl::StrCat("missing: ", labels, " ", simdjson::minify(series));
    std::string difference = SeriesDifference(series, other->second, relative);
    if (!difference.empty()) return absl::StrCat(labels, " ", difference);
    found.insert(other->first);
  }
  for (const auto& [labels, series] : b) {
    if (!found.contains(labels)) return absl::StrCat("not expected: ", labels);
  }
  return "";
}

// REQUIRES: the same series with the same samples on both sides.
std::string OrderDifference(array expected, array actual, const Tolerance& tolerance) {
  auto other = actual.begin();
  for (element series : expected) {
    const object a(series), b(*other);
    if (tolerance.vector_order == Tolerance::VectorOrder::kBySeries) {
      if (LabelsKey(a) != LabelsKey(b)) return Difference("order", LabelsKey(a), LabelsKey(b));
    } else {
      std::string difference = SeriesDifference(a, b, tolerance.relative);
      if (!difference.empty()) return "order: " + difference;
    }
    ++other;
  }
  return "";
}

std::string DataDifference(object expected, object actual, Tolerance tolerance) {
  const std::string type = Text(Member(expected, "resultType"));
  if (type != Text(Member(actual, "resultType"))) {
    return Difference("resultType", type, Text(Member(actual, "resultType")));
  }
  const element a = expected["result"], b = actual["result"];
  if (type == "\"scalar\"" || type == "\"string\"") {
    return SameSample(a, b, tolerance.relative) ? "" : Difference("result", Text(a), Text(b));
  }
  std::string difference = SeriesSetDifference(array(a), array(b), tolerance.relative);
  if (!difference.empty()) return difference;
  if (type == "\"matrix\"") tolerance.vector_order = Tolerance::VectorOrder::kBySeries;
  if (tolerance.vector_order == Tolerance::VectorOrder::kFree) return "";
  return OrderDifference(array(a), array(b), tolerance);
}

std::string AnnotationDifference(std::string_view key, object expected, object actual) {
  const auto texts = [key](object body) {
    std::set<std::string_view> set;
    if (auto list = Member(body, key)) {
      for (element text : array(*list)) set.insert(std::string_view(text));
    }
    return set;
  };
  const std::set<std::string_view> a = texts(expected), b = texts(actual);
  for (std::string_view text : a) {
    // Ten are reported, in random order, and then how many more there are.
    if (text.find("omitted") != std::string_view::npos) return "";
  }
  for (std::string_view text : a) {
    if (!b.contains(text)) return absl::StrCat(Absl(key), ": missing: ", Absl(text));
  }
  for (std::string_view text : b) {
    if (!a.contains(text)) return absl::StrCat(Absl(key), ": not expected: ", Absl(text));
  }
  return "";
}

}  // namespace

Tolerance ToleranceFor(std::string_view query) {
  static const std::regex c_library(R"(\b(exp|ln|log2|log10|a?sinh?|a?cosh?|a?tanh?|atan2)\b|\^)");
  // Of exponential histograms; those of classic ones name their buckets and are exact.
  static const std::regex histogram(R"(\bhistogram_(quantiles?|fraction)\b|<\/|>\/)");
  static const std::regex sorted_by_label(R"(^\s*sort_by_label)");
  static const std::regex sorted(R"(^\s*(sort|topk|bottomk))");
  const std::string text(query);

  Tolerance tolerance;
  const bool names_buckets = text.find("_bucket") != std::string::npos;
  if (std::regex_search(text, c_library) ||
      (std::regex_search(text, histogram) && !names_buckets)) {
    tolerance.relative = 1e-12;
  }
  if (std::regex_search(text, sorted_by_label)) {
    tolerance.vector_order = Tolerance::VectorOrder::kBySeries;
  } else if (std::regex_search(text, sorted)) {
    tolerance.vector_order = Tolerance::VectorOrder::kByValue;
  }
  return tolerance;
}

std::string BodyDifference(std::string_view expected, std::string_view actual,
                           const Tolerance& tolerance) {
  simdjson::dom::parser expected_parser, actual_parser;
  object a, b;
  if (expected_parser.parse(expected.data(), expected.size()).get(a) != simdjson::SUCCESS) {
    return "the expected body is not JSON";
  }
  if (actual_parser.parse(actual.data(), actual.size()).get(b) != simdjson::SUCCESS) {
    return absl::StrCat("not JSON: ", Absl(actual));
  }
  for (std::string_view key : {"status", "errorType", "error"}) {
    if (Text(Member(a, key)) != Text(Member(b, key))) {
      return Difference(key, Text(Member(a, key)), Text(Member(b, key)));
    }
  }
  const std::optional<element> expected_data = Member(a, "data"), actual_data = Member(b, "data");
  if (expected_data.has_value() != actual_data.has_value()) return "one body has no data";
  if (expected_data) {
    std::string difference =
        DataDifference(object(*expected_data), object(*actual_data), tolerance);
    if (!difference.empty()) return difference;
  }
  for (std::string_view key : {"warnings", "infos"}) {
    std::string difference = AnnotationDifference(key, a, b);
    if (!difference.empty()) return difference;
  }
  return "";
}

}  // namespace promlite::golden
