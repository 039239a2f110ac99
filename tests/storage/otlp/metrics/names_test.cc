// Units, metric names and label names, by the rules of Prometheus' OTLP translation.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "promlite/storage/otlp/metrics/labels/label_name.h"
#include "promlite/storage/otlp/metrics/metric_name.h"
#include "promlite/storage/otlp/metrics/unit.h"

namespace promlite::internal {
namespace {

using Strategy = OtlpOptions::TranslationStrategy;

TEST(Unit, EachKnownUnit_IsSpelledOut) {
  const std::vector<std::pair<std::string, std::string>> units = {{"d", "days"},
                                                                  {"h", "hours"},
                                                                  {"min", "minutes"},
                                                                  {"s", "seconds"},
                                                                  {"ms", "milliseconds"},
                                                                  {"us", "microseconds"},
                                                                  {"ns", "nanoseconds"},
                                                                  {"By", "bytes"},
                                                                  {"KiBy", "kibibytes"},
                                                                  {"MiBy", "mebibytes"},
                                                                  {"GiBy", "gibibytes"},
                                                                  {"TiBy", "tibibytes"},
                                                                  {"KBy", "kilobytes"},
                                                                  {"MBy", "megabytes"},
                                                                  {"GBy", "gigabytes"},
                                                                  {"TBy", "terabytes"},
                                                                  {"m", "meters"},
                                                                  {"V", "volts"},
                                                                  {"A", "amperes"},
                                                                  {"J", "joules"},
                                                                  {"W", "watts"},
                                                                  {"g", "grams"},
                                                                  {"Cel", "celsius"},
                                                                  {"Hz", "hertz"},
                                                                  {"1", ""},
                                                                  {"%", "percent"}};
  for (const auto& [unit, spelled] : units) {
    EXPECT_EQ(BuildUnitSuffixes(unit).main, spelled) << unit;
    EXPECT_EQ(BuildUnitSuffixes(unit).per, "") << unit;
  }
}

TEST(Unit, EachKnownPerUnit_IsSpelledOut) {
  const std::vector<std::pair<std::string, std::string>> units = {
      {"s", "second"}, {"m", "minute"}, {"h", "hour"}, {"d", "day"},
      {"w", "week"},   {"mo", "month"}, {"y", "year"}};
  for (const auto& [unit, spelled] : units) {
    EXPECT_EQ(BuildUnitSuffixes("1/" + unit).per, "per_" + spelled) << unit;
  }
}

TEST(Unit, UnknownParts_StayAsTheyAre_AndAnnotationsGo) {
  EXPECT_EQ(BuildUnitSuffixes("kBy").main, "kBy");  // not KBy
  EXPECT_EQ(BuildUnitSuffixes("USD").main, "USD");
  EXPECT_EQ(BuildUnitSuffixes("{requests}").main, "");
  EXPECT_EQ(BuildUnitSuffixes("{requests}/s").per, "per_second");
  EXPECT_EQ(BuildUnitSuffixes("By/{packet}").per, "");
  EXPECT_EQ(BuildUnitSuffixes(" By / s ").main, "bytes");
  EXPECT_EQ(BuildUnitSuffixes(" By / s ").per, "per_second");
  EXPECT_EQ(BuildUnitSuffixes("a/b/c").main, "a");
  EXPECT_EQ(BuildUnitSuffixes("a/b/c").per, "per_b/c");  // split at the first
  EXPECT_EQ(BuildUnitSuffixes("By/").per, "");
  EXPECT_EQ(BuildUnitSuffixes("\u00a0s\u2003").main, "seconds");  // white space beyond ASCII
}

TEST(Unit, Cleaning_ReplacesCollapsesAndCutsTheFront) {
  EXPECT_EQ(CleanUnit("m/s^2"), "m_s_2");
  EXPECT_EQ(CleanUnit("__a--b__"), "a_b_");
  EXPECT_EQ(CleanUnit("€"), "");
  EXPECT_EQ(CleanUnit("a:b"), "a:b");
}

TEST(Unit, BuiltUnit_JoinsBothParts) {
  EXPECT_EQ(BuildUnit("By/s", Escaping::kUnderscores), "bytes_per_second");
  EXPECT_EQ(BuildUnit("{req}/s", Escaping::kUnderscores), "per_second");
  EXPECT_EQ(BuildUnit("1", Escaping::kUnderscores), "");
  EXPECT_EQ(BuildUnit("%", Escaping::kUnderscores), "percent");
  EXPECT_EQ(BuildUnit("m/s^2", Escaping::kUnderscores), "meters_per_s_2");
  EXPECT_EQ(BuildUnit("m/s^2", Escaping::kNone), "meters_per_s^2");
  EXPECT_EQ(BuildUnit("a-", Escaping::kUnderscores), "a");
}

struct NameCase {
  std::string name;
  std::string unit;
  SuffixKind kind;
  std::string with_suffixes;
  std::string without_suffixes;
  std::string utf8_with_suffixes;
};

TEST(MetricName, EachStrategy_TranslatesByItsRules) {
  const auto counter = SuffixKind::kMonotonicSum;
  const auto gauge = SuffixKind::kGauge;
  const auto other = SuffixKind::kOther;
  const std::vector<NameCase> cases = {
      {"claude_code.token.usage", "tokens", counter, "claude_code_token_usage_tokens_total",
       "claude_code_token_usage", "claude_code.token.usage_tokens_total"},
      {"http.server.duration", "s", other, "http_server_duration_seconds", "http_server_duration",
       "http.server.duration_seconds"},
      {"system.network.io", "By", counter, "system_network_io_bytes_total", "system_network_io",
       "system.network.io_bytes_total"},
      {"my__metric", "", gauge, "my_metric", "my__metric", "my__metric"},
      {"_leading", "", gauge, "leading", "_leading", "_leading"},
      {"disk.usage", "1", gauge, "disk_usage_ratio", "disk_usage", "disk.usage_ratio"},
      {"disk.usage", "1", other, "disk_usage", "disk_usage", "disk.usage"},
      {"requests", "{req}/s", gauge, "requests_per_second", "requests", "requests_per_second"},
      {"a_seconds.b", "s", other, "a_seconds_b", "a_seconds_b", "a_seconds.b_seconds"},
      {"total.requests", "", counter, "requests_total", "total_requests", "total.requests_total"},
      {"requests_total", "", counter, "requests_total", "requests_total", "requests_total"},
      {"requests.total", "", counter, "requests_total", "requests_total", "requests_total"},
      {"hit.ratio", "1", gauge, "hit_ratio", "hit_ratio", "hit_ratio"},
      {"3xx.responses", "", counter, "_3xx_responses_total", "_3xx_responses",
       "3xx.responses_total"},
      {"speed", "m/s", gauge, "speed_meters_per_second", "speed", "speed_meters_per_second"},
      {"speed_per_second", "m/s", gauge, "speed_per_second_meters_per_second", "speed_per_second",
       "speed_meters_per_second"},
      {"x", "a_/s", gauge, "x_a_per_second", "x", "x_a__per_second"},
      {"x", "€", gauge, "x", "x", "x_€"},
      {"x", "1/€", gauge, "x", "x", "x_per_€"},
      {"débit.total", "", gauge, "d_bit_total", "d_bit_total", "débit.total"},
      {"a:b", "", gauge, "a:b", "a:b", "a:b"},
      {"total", "", counter, "total", "total", "total_total"},
      {"milliseconds", "s", gauge, "milliseconds_seconds", "milliseconds", "milliseconds"},
  };
  for (const NameCase& c : cases) {
    const auto build = [&](Strategy strategy) {
      return BuildMetricName(c.name, c.unit, c.kind, strategy).value();
    };
    EXPECT_EQ(build(Strategy::kUnderscoreEscapingWithSuffixes), c.with_suffixes) << c.name;
    EXPECT_EQ(build(Strategy::kUnderscoreEscapingWithoutSuffixes), c.without_suffixes) << c.name;
    EXPECT_EQ(build(Strategy::kNoUtf8EscapingWithSuffixes), c.utf8_with_suffixes) << c.name;
    EXPECT_EQ(build(Strategy::kNoTranslation), c.name);
  }
}

TEST(MetricName, NothingOrUnderscores_AreErrors_WhenEscaping) {
  const auto error = [](std::string_view name, Strategy strategy) {
    return std::string(BuildMetricName(name, "", SuffixKind::kGauge, strategy).status().message());
  };
  EXPECT_EQ(error("", Strategy::kUnderscoreEscapingWithSuffixes),
            R"(normalization for metric "" resulted in empty name)");
  EXPECT_EQ(error("é.\n", Strategy::kUnderscoreEscapingWithSuffixes),
            R"(normalization for metric "é.\n" resulted in empty name)");
  EXPECT_EQ(error("_._", Strategy::kUnderscoreEscapingWithoutSuffixes),
            R"(normalization for metric "_._" resulted in invalid name "___")");
  EXPECT_EQ(error("__", Strategy::kUnderscoreEscapingWithoutSuffixes), "");  // unchanged
  EXPECT_EQ(error("", Strategy::kNoTranslation), "");
}

OtlpOptions LabelOptions(bool sanitizes_underscore, bool preserves_underscores,
                         Strategy strategy = Strategy::kUnderscoreEscapingWithSuffixes) {
  OtlpOptions options;
  options.translation_strategy = strategy;
  options.label_name_underscore_sanitization = sanitizes_underscore;
  options.label_name_preserve_multiple_underscores = preserves_underscores;
  return options;
}

TEST(LabelName, Escaping_ReplacesEachRune_AndPrefixesDigitsAndUnderscores) {
  const OtlpOptions options = LabelOptions(true, true);
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"http.method", "http_method"},
      {"session.id", "session_id"},
      {"a..b", "a__b"},
      {"9lives", "key_9lives"},
      {"_a", "key_a"},
      {".a", "key_a"},
      {"__a", "__a"},
      {"..a", "__a"},
      {"__name__", "__name__"},
      {"_", "key_"},
      {"é", "key_"},
      {"aéb", "a_b"},
      {"a:b", "a_b"},
      {"a\xff\xfe"
       "b",
       "a__b"},
  };
  for (const auto& [attribute, label] : cases) {
    EXPECT_EQ(BuildLabelName(attribute, options).value(), label) << attribute;
  }
}

TEST(LabelName, UnderscoreRuns_Collapse_UnlessPreserved_ButReservedNamesKeepTheirs) {
  const OtlpOptions options = LabelOptions(true, false);
  EXPECT_EQ(BuildLabelName("a..b__c", options).value(), "a_b_c");
  EXPECT_EQ(BuildLabelName("__a", options).value(), "key_a");
  EXPECT_EQ(BuildLabelName("__name__", options).value(), "__name__");
  EXPECT_EQ(BuildLabelName("__a..b__", options).value(), "__a_b__");
  EXPECT_EQ(BuildLabelName("__.a.__", options).value(), "___a___");
}

TEST(LabelName, LeadingUnderscore_Stays_WhenSanitizationIsOff) {
  EXPECT_EQ(BuildLabelName("_a", LabelOptions(false, true)).value(), "_a");
  EXPECT_EQ(BuildLabelName("9a", LabelOptions(false, true)).value(), "key_9a");
}

TEST(LabelName, EmptyAndUnderscoresOnly_AreErrors) {
  const auto error = [](std::string_view attribute, const OtlpOptions& options) {
    return std::string(BuildLabelName(attribute, options).status().message());
  };
  const OtlpOptions utf8 = LabelOptions(true, true, Strategy::kNoTranslation);
  EXPECT_EQ(error("", LabelOptions(true, true)), "label name is empty");
  EXPECT_EQ(error("", utf8), "label name is empty");
  EXPECT_EQ(error("..", LabelOptions(true, true)),
            R"(normalization for label name ".." resulted in invalid name "__")");
  EXPECT_EQ(error("_", LabelOptions(false, true)),
            R"(normalization for label name "_" resulted in invalid name "_")");
  EXPECT_EQ(error("____", LabelOptions(true, false)),
            R"(normalization for label name "____" resulted in invalid name "____")");
  EXPECT_EQ(error("__", utf8), R"(label name "__" contains only underscores)");
  EXPECT_EQ(error("..", utf8), "");
}

TEST(LabelName, Utf8_LeavesNamesAsTheyAre) {
  const OtlpOptions utf8 = LabelOptions(true, true, Strategy::kNoUtf8EscapingWithSuffixes);
  for (const char* attribute : {"http.method", "9a", "_a", "é", "a b"}) {
    EXPECT_EQ(BuildLabelName(attribute, utf8).value(), attribute);
  }
}

}  // namespace
}  // namespace promlite::internal
