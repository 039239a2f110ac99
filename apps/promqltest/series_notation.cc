#include "promlite/apps/promqltest/series_notation.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "promlite/apps/promqltest/histogram_notation.h"
#include "promlite/apps/promqltest/language.h"
#include "promlite/engine/histograms/arithmetic.h"
#include "promlite/parser/promql/metric_description.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::promqltest {
namespace {

// A line may not describe more samples than this, lest a repetition exhausts memory.
constexpr size_t kMaxItems = 10'000'000;

absl::Status BadItem(std::string_view item) {
  return absl::InvalidArgumentError(
      absl::StrCat("bad item \"", Absl(item), "\" in a series description"));
}

// The next item: a word. What stands in {{ }} may have spaces.
std::string_view TakeWord(std::string_view* rest) {
  while (!rest->empty() && (rest->front() == ' ' || rest->front() == '\t')) rest->remove_prefix(1);
  size_t end = rest->find_first_of(" \t{");
  while (end != std::string_view::npos && (*rest)[end] == '{') {
    const size_t close = rest->find("}}", end);
    end = close == std::string_view::npos ? close : rest->find_first_of(" \t{", close + 2);
  }
  const std::string_view word = rest->substr(0, end);
  rest->remove_prefix(word.size());
  return word;
}

bool IsWordCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
}

// The length of the number that the text begins with: sign, digits or Inf or NaN, exponent.
size_t NumberLength(std::string_view text) {
  size_t i = 0;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  const std::string word = absl::AsciiStrToLower(Absl(text.substr(i, 3)));
  if (word == "inf" || word == "nan") {
    const bool is_longer_word = i + 3 < text.size() && IsWordCharacter(text[i + 3]);
    return is_longer_word ? 0 : i + 3;
  }
  const auto digits = [&] {
    while (i < text.size() && (absl::ascii_isdigit(text[i]) || text[i] == '_')) ++i;
  };
  digits();
  if (i < text.size() && text[i] == '.') {
    ++i;
    digits();
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    digits();
  }
  return i;
}

// The length of a signed duration.
size_t DurationLength(std::string_view text) {
  size_t i = 0;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  while (i < text.size() && text[i] != '+' && text[i] != '-' && text[i] != 'x') ++i;
  return i;
}

// An item taken apart: first value, what is added from sample to sample, how often.
struct Pattern {
  std::string_view first;
  std::string_view increment;  // with its sign; empty if there is none
  uint64_t repetitions = 0;
};

template <typename Length>
bool ParsePattern(std::string_view item, Length length, Pattern* pattern) {
  pattern->first = item.substr(0, length(item));
  if (pattern->first.empty()) return false;
  std::string_view rest = item.substr(pattern->first.size());
  if (!rest.empty() && (rest[0] == '+' || rest[0] == '-')) {
    pattern->increment = rest.substr(0, length(rest));
    rest.remove_prefix(pattern->increment.size());
    if (rest.empty()) return false;
  }
  if (rest.empty()) return true;
  return rest[0] == 'x' && absl::SimpleAtoi(Absl(rest.substr(1)), &pattern->repetitions) &&
         pattern->repetitions <= kMaxItems;
}

// `_` and `_xN`: how many samples are left out; 0 if the item is something else.
size_t OmittedCount(std::string_view item) {
  if (item == "_") return 1;
  uint64_t count = 0;
  const bool repeated = item.starts_with("_x") && absl::SimpleAtoi(Absl(item.substr(2)), &count);
  return repeated && count <= kMaxItems ? count : 0;
}

// The length of the histogram that the text begins with, with a sign or without.
size_t HistogramLength(std::string_view text) {
  const size_t open = text.find("{{");
  const size_t close = text.find("}}");
  const bool begins = open == 0 || (open == 1 && (text[0] == '+' || text[0] == '-'));
  return begins && close != std::string_view::npos ? close + 2 : 0;
}

absl::Status AppendHistograms(std::string_view item, std::vector<SequenceItem>* items) {
  Pattern pattern;
  if (!ParsePattern(item, HistogramLength, &pattern)) return BadItem(item);
  absl::StatusOr<HistogramNotation> first = ParseHistogramNotation(pattern.first);
  if (!first.ok()) return first.status();
  Histogram histogram = std::move(first->histogram);
  bool hint_given = first->hint_given;
  absl::StatusOr<HistogramNotation> increment = HistogramNotation{};
  if (!pattern.increment.empty()) {
    increment = ParseHistogramNotation(pattern.increment.substr(1));
    if (!increment.ok()) return increment.status();
    hint_given = increment->hint_given;
    if (histogram.schema > increment->histogram.schema) {
      return absl::InvalidArgumentError(
          absl::StrCat("error combining histograms: cannot merge from schema ",
                       increment->histogram.schema, " to ", histogram.schema));
    }
  }
  for (uint64_t i = 0; i <= pattern.repetitions; ++i) {
    items->push_back({false, 0, std::make_shared<const Histogram>(histogram), hint_given});
    if (pattern.increment.empty() || i == pattern.repetitions) continue;
    const bool adds = pattern.increment[0] == '+';
    const HistogramMerge merge = adds ? AddHistogram(increment->histogram, &histogram)
                                      : SubtractHistogram(increment->histogram, &histogram);
    if (!merge.compatible) return BadItem(item);
  }
  return absl::OkStatus();
}

absl::Status AppendItem(std::string_view item, std::vector<SequenceItem>* items) {
  if (const size_t omitted = OmittedCount(item); omitted > 0) {
    items->resize(items->size() + omitted, SequenceItem{.omitted = true});
    return absl::OkStatus();
  }
  if (item.starts_with("{{")) return AppendHistograms(item, items);
  if (item == "stale") {
    items->push_back({false, StalenessMarker()});
    return absl::OkStatus();
  }
  Pattern pattern;
  if (!ParsePattern(item, NumberLength, &pattern)) return BadItem(item);
  absl::StatusOr<double> value = ParseNumber(pattern.first);
  if (!value.ok()) return BadItem(item);
  absl::StatusOr<double> increment = 0.0;
  if (!pattern.increment.empty()) increment = ParseNumber(pattern.increment);
  if (!increment.ok()) return BadItem(item);
  for (uint64_t i = 0; i <= pattern.repetitions; ++i) {
    items->push_back({false, *value});
    if (!pattern.increment.empty()) *value += *increment;
  }
  return absl::OkStatus();
}

absl::Status AppendStartItem(std::string_view item,
                             std::vector<StartTimesDescription::Item>* items) {
  if (const size_t omitted = OmittedCount(item); omitted > 0) {
    items->resize(items->size() + omitted, StartTimesDescription::Item{true, {}});
    return absl::OkStatus();
  }
  Pattern pattern;
  if (!ParsePattern(item, DurationLength, &pattern)) return BadItem(item);
  absl::StatusOr<absl::Duration> offset = ParseDuration(pattern.first);
  if (!offset.ok()) return BadItem(item);
  absl::StatusOr<absl::Duration> increment = absl::ZeroDuration();
  if (!pattern.increment.empty()) increment = ParseDuration(pattern.increment);
  if (!increment.ok()) return BadItem(item);
  for (uint64_t i = 0; i <= pattern.repetitions; ++i) {
    items->push_back({false, *offset});
    *offset += *increment;
  }
  return absl::OkStatus();
}

absl::StatusOr<Labels> TakeLabels(std::string_view* line) {
  absl::StatusOr<promql::MetricDescription> metric =
      promql::ParseMetricDescription(*line, kEverything);
  if (!metric.ok()) return metric.status();
  line->remove_prefix(metric->bytes);
  return Labels(std::move(metric->labels));
}

}  // namespace

absl::StatusOr<double> ParseNumber(std::string_view text) {
  absl::StatusOr<promql::ExprPtr> expr = promql::Parse(text);
  if (!expr.ok()) return expr.status();
  const bool is_number = (*expr)->kind() == promql::ExprKind::kNumber &&
                         !promql::As<promql::NumberLiteral>(**expr).is_duration;
  if (!is_number) return absl::InvalidArgumentError(absl::StrCat("no number: ", Absl(text)));
  return promql::As<promql::NumberLiteral>(**expr).value;
}

absl::StatusOr<absl::Duration> ParseDuration(std::string_view text) {
  absl::StatusOr<promql::ExprPtr> expr = promql::Parse(text);
  const bool is_duration = expr.ok() && (*expr)->kind() == promql::ExprKind::kNumber &&
                           (promql::As<promql::NumberLiteral>(**expr).is_duration ||
                            promql::As<promql::NumberLiteral>(**expr).value == 0);
  if (!is_duration) {
    return absl::InvalidArgumentError(
        absl::StrCat("not a valid duration string: \"", Absl(text), "\""));
  }
  return absl::Seconds(promql::As<promql::NumberLiteral>(**expr).value);
}

absl::StatusOr<SeriesDescription> ParseSeriesDescription(std::string_view line) {
  SeriesDescription series;
  absl::StatusOr<Labels> labels = TakeLabels(&line);
  if (!labels.ok()) return labels.status();
  series.labels = *std::move(labels);
  if (!line.empty() && line.front() != ' ' && line.front() != '\t') return BadItem(line);
  for (std::string_view item = TakeWord(&line); !item.empty(); item = TakeWord(&line)) {
    if (absl::Status s = AppendItem(item, &series.items); !s.ok()) return s;
    if (series.items.size() > kMaxItems) return absl::ResourceExhaustedError("too many samples");
  }
  return series;
}

bool IsStartTimesLine(std::string_view line) {
  absl::StatusOr<Labels> labels = TakeLabels(&line);
  return labels.ok() && line.starts_with("@st");
}

absl::StatusOr<StartTimesDescription> ParseStartTimesDescription(std::string_view line) {
  StartTimesDescription starts;
  absl::StatusOr<Labels> labels = TakeLabels(&line);
  if (!labels.ok()) return labels.status();
  starts.labels = *std::move(labels);
  line.remove_prefix(std::string_view("@st").size());
  for (std::string_view item = TakeWord(&line); !item.empty(); item = TakeWord(&line)) {
    if (absl::Status s = AppendStartItem(item, &starts.items); !s.ok()) return s;
  }
  return starts;
}

}  // namespace promlite::promqltest
