#include "promlite/apps/promqltest/histogram_notation.h"

#include <set>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "promlite/apps/promqltest/series_notation.h"
#include "promlite/engine/answer/json.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::promqltest {
namespace {

constexpr std::string_view kOpen = "{{", kClose = "}}";

absl::Status Bad(std::string_view key, std::string_view value) {
  return absl::InvalidArgumentError(
      absl::StrCat("error parsing ", Absl(key), " in histogram: ", Absl(value)));
}

absl::Status ParseInteger(std::string_view key, std::string_view text, int32_t* value) {
  return absl::SimpleAtoi(Absl(text), value) ? absl::OkStatus() : Bad(key, text);
}

absl::Status ParseFloat(std::string_view key, std::string_view text, double* value) {
  const absl::StatusOr<double> number = ParseNumber(text);
  // An x repeats in a series line, so that there are no hexadecimal numbers.
  const bool is_hexadecimal = text.find_first_of("xX") != std::string_view::npos;
  if (!number.ok() || is_hexadecimal) return Bad(key, text);
  *value = *number;
  return absl::OkStatus();
}

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

absl::Status ParseArray(std::string_view key, std::string_view text, std::vector<double>* values) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return Bad(key, text);
  if (text.size() > 2 && IsBlank(text[1])) return Bad(key, text);
  const absl::string_view inside = Absl(text.substr(1, text.size() - 2));
  for (const absl::string_view word : absl::StrSplit(inside, ' ', absl::SkipEmpty())) {
    if (absl::Status s = ParseFloat(key, Std(word), &values->emplace_back()); !s.ok()) return s;
  }
  return absl::OkStatus();
}

absl::Status ParseHint(std::string_view text, HistogramNotation* notation) {
  notation->hint_given = true;
  CounterResetHint& hint = notation->histogram.hint;
  if (text == "unknown") {
    hint = CounterResetHint::kUnknown;
  } else if (text == "reset") {
    hint = CounterResetHint::kReset;
  } else if (text == "not_reset") {
    hint = CounterResetHint::kNotReset;
  } else if (text == "gauge") {
    hint = CounterResetHint::kGauge;
  } else {
    return Bad("counter_reset_hint", text);
  }
  return absl::OkStatus();
}

struct Side {
  std::vector<double> counts;
  int32_t offset = 0;

  std::vector<HistogramBucket> Buckets() const {
    std::vector<HistogramBucket> buckets;
    for (size_t i = 0; i < counts.size(); ++i) {
      buckets.push_back({offset + static_cast<int32_t>(i), counts[i]});
    }
    return buckets;
  }
};

absl::Status ParsePair(std::string_view key, std::string_view value, HistogramNotation* notation,
                       Side* positive, Side* negative) {
  Histogram& h = notation->histogram;
  if (key == "schema") return ParseInteger(key, value, &h.schema);
  if (key == "sum") return ParseFloat(key, value, &h.sum);
  if (key == "count") return ParseFloat(key, value, &h.count);
  if (key == "z_bucket") return ParseFloat(key, value, &h.zero_count);
  if (key == "z_bucket_w") return ParseFloat(key, value, &h.zero_threshold);
  if (key == "custom_values") return ParseArray(key, value, &h.custom_bounds);
  if (key == "buckets") return ParseArray(key, value, &positive->counts);
  if (key == "offset") return ParseInteger(key, value, &positive->offset);
  if (key == "n_buckets") return ParseArray(key, value, &negative->counts);
  if (key == "n_offset") return ParseInteger(key, value, &negative->offset);
  if (key == "counter_reset_hint") return ParseHint(value, notation);
  return absl::InvalidArgumentError(
      absl::StrCat("bad histogram descriptor found: \"", Absl(key), "\""));
}

// Takes `key:value`, where the value is a word or, in brackets, several.
bool TakePair(std::string_view* rest, std::string_view* key, std::string_view* value) {
  const size_t colon = rest->find(':');
  if (colon == std::string_view::npos) return false;
  *key = rest->substr(0, colon);
  rest->remove_prefix(colon + 1);
  if (!rest->empty() && IsBlank(rest->front())) return false;
  const size_t close = rest->starts_with("[") ? rest->find(']') : rest->find_first_of(" \t") - 1;
  const bool to_the_end = close >= rest->size();
  *value = to_the_end ? *rest : rest->substr(0, close + 1);
  rest->remove_prefix(value->size());
  return true;
}

void SkipSpaces(std::string_view* text) {
  while (!text->empty() && IsBlank(text->front())) text->remove_prefix(1);
}

void PrintSide(const std::vector<HistogramBucket>& buckets, std::string_view counts_key,
               std::string_view offset_key, std::vector<std::string>* parts) {
  if (buckets.empty()) return;
  const int32_t first = buckets.front().index;
  if (first != 0) parts->push_back(absl::StrCat(Absl(offset_key), ":", first));
  std::string counts;
  int32_t next = first;
  for (const HistogramBucket& bucket : buckets) {
    for (; next < bucket.index; ++next) counts += "0 ";
    absl::StrAppend(&counts, FormatShortest(bucket.count), " ");
    ++next;
  }
  counts.pop_back();
  parts->push_back(absl::StrCat(Absl(counts_key), ":[", counts, "]"));
}

}  // namespace

absl::StatusOr<HistogramNotation> ParseHistogramNotation(std::string_view text) {
  if (!text.starts_with(kOpen) || !text.ends_with(kClose) || text.size() < 4) {
    return absl::InvalidArgumentError(absl::StrCat("no histogram: ", Absl(text)));
  }
  std::string_view rest = text.substr(kOpen.size(), text.size() - kOpen.size() - kClose.size());
  HistogramNotation notation;
  Side positive, negative;
  std::set<std::string_view> seen;
  const bool begins_with_blank = !rest.empty() && IsBlank(rest.front());
  SkipSpaces(&rest);
  // Prometheus' lexer takes blanks behind an item, not before the first.
  if (begins_with_blank && !rest.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("no histogram: ", Absl(text)));
  }
  for (; !rest.empty(); SkipSpaces(&rest)) {
    std::string_view key, value;
    if (!TakePair(&rest, &key, &value)) {
      return absl::InvalidArgumentError(absl::StrCat("no histogram: ", Absl(text)));
    }
    if (!seen.insert(key).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("duplicate key \"", Absl(key), "\" in histogram"));
    }
    absl::Status status = ParsePair(key, value, &notation, &positive, &negative);
    if (!status.ok()) return status;
  }
  notation.histogram.positive = positive.Buckets();
  notation.histogram.negative = negative.Buckets();
  return notation;
}

std::string PrintHistogramNotation(const Histogram& histogram) {
  std::vector<std::string> parts;
  const auto number = [&](const char* key, double value) {
    if (value != 0) parts.push_back(absl::StrCat(key, ":", FormatShortest(value)));
  };
  if (histogram.schema != 0) parts.push_back(absl::StrCat("schema:", histogram.schema));
  number("count", histogram.count);
  number("sum", histogram.sum);
  number("z_bucket", histogram.zero_count);
  number("z_bucket_w", histogram.zero_threshold);
  if (histogram.UsesCustomBuckets()) {
    parts.push_back(
        absl::StrCat("custom_values:[",
                     absl::StrJoin(histogram.custom_bounds, " ",
                                   [](std::string* out, double b) { *out += FormatShortest(b); }),
                     "]"));
  }
  static constexpr const char* kHints[] = {"", "reset", "not_reset", "gauge"};
  if (histogram.hint != CounterResetHint::kUnknown) {
    parts.push_back(
        absl::StrCat("counter_reset_hint:", kHints[static_cast<size_t>(histogram.hint)]));
  }
  Histogram compact = histogram;
  RemoveEmptyBuckets(&compact);
  PrintSide(compact.positive, "buckets", "offset", &parts);
  PrintSide(compact.negative, "n_buckets", "n_offset", &parts);
  return absl::StrCat("{{", absl::StrJoin(parts, " "), "}}");
}

}  // namespace promlite::promqltest
