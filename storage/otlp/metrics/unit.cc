#include "promlite/storage/otlp/metrics/unit.h"

#include <array>
#include <utility>

#include "promlite/parser/text/utf8.h"
#include "promlite/parser/text/white_space.h"
#include "promlite/storage/otlp/metrics/labels/label_name.h"

namespace promlite::internal {

namespace {

using Spelling = std::pair<std::string_view, std::string_view>;

constexpr std::array<Spelling, 25> kMainUnits = {{
    {"d", "days"},          {"h", "hours"},         {"min", "minutes"},    {"s", "seconds"},
    {"ms", "milliseconds"}, {"us", "microseconds"}, {"ns", "nanoseconds"}, {"By", "bytes"},
    {"KiBy", "kibibytes"},  {"MiBy", "mebibytes"},  {"GiBy", "gibibytes"}, {"TiBy", "tibibytes"},
    {"KBy", "kilobytes"},   {"MBy", "megabytes"},   {"GBy", "gigabytes"},  {"TBy", "terabytes"},
    {"m", "meters"},        {"V", "volts"},         {"A", "amperes"},      {"J", "joules"},
    {"W", "watts"},         {"g", "grams"},         {"Cel", "celsius"},    {"Hz", "hertz"},
    {"%", "percent"},
}};

constexpr std::array<Spelling, 7> kPerUnits = {{
    {"s", "second"},
    {"m", "minute"},
    {"h", "hour"},
    {"d", "day"},
    {"w", "week"},
    {"mo", "month"},
    {"y", "year"},
}};

template <size_t size>
std::string_view SpelledOut(const std::array<Spelling, size>& spellings, std::string_view unit) {
  for (const auto& [symbol, word] : spellings) {
    if (symbol == unit) return word;
  }
  return unit;
}

// A part in braces, such as {requests}, annotates and measures nothing.
bool IsAnnotation(std::string_view part) { return part.find_first_of("{}") != part.npos; }

}  // namespace

UnitSuffixes BuildUnitSuffixes(std::string_view unit) {
  const size_t slash = unit.find('/');
  UnitSuffixes suffixes;
  const std::string_view main = TrimSpace(unit.substr(0, slash));
  constexpr std::string_view kDimensionless = "1";
  if (!IsAnnotation(main) && main != kDimensionless) {
    suffixes.main = SpelledOut(kMainUnits, main);
  }
  if (slash == unit.npos) return suffixes;
  const std::string_view per = TrimSpace(unit.substr(slash + 1));
  if (!per.empty() && !IsAnnotation(per)) {
    suffixes.per = "per_";
    suffixes.per += SpelledOut(kPerUnits, per);
  }
  return suffixes;
}

std::string CleanUnit(std::string_view unit) {
  std::string clean;
  for (size_t i = 0; i < unit.size();) {
    const DecodedRune next = DecodeRune(unit.substr(i));
    i += next.bytes;
    if (IsMetricNameCharacter(next.rune)) {
      clean.push_back(static_cast<char>(next.rune));
    } else if (clean.empty() || clean.back() != '_') {
      clean.push_back('_');
    }
  }
  if (clean.starts_with('_')) clean.erase(0, 1);
  return clean;
}

std::string BuildUnit(std::string_view unit, Escaping escaping) {
  UnitSuffixes suffixes = BuildUnitSuffixes(unit);
  if (escaping == Escaping::kUnderscores) {
    suffixes = {CleanUnit(suffixes.main), CleanUnit(suffixes.per)};
  }
  std::string built = suffixes.main;
  if (!built.empty() && !suffixes.per.empty()) built.push_back('_');
  built += suffixes.per;
  if (built.starts_with('_')) built.erase(0, 1);
  if (built.ends_with('_')) built.pop_back();
  return built;
}

}  // namespace promlite::internal
