#include "promlite/parser/text/durations.h"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <system_error>

#include "absl/status/status.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::internal {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr uint64_t kMaxNanoseconds = std::numeric_limits<int64_t>::max();

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// What a duration's unit is worth, and its place in the order in which units must stand.
struct Unit {
  std::string_view name;
  int place;
  uint64_t nanoseconds;
};

constexpr uint64_t kMillisecond = kNanosecondsPerMillisecond;
constexpr uint64_t kSecond = 1000 * kMillisecond;
constexpr uint64_t kMinute = 60 * kSecond;
constexpr uint64_t kHour = 60 * kMinute;
constexpr uint64_t kDay = 24 * kHour;
constexpr Unit kUnits[] = {
    {"y", 1, 365 * kDay}, {"w", 2, 7 * kDay}, {"d", 3, kDay},          {"h", 4, kHour},
    {"m", 5, kMinute},    {"s", 6, kSecond},  {"ms", 7, kMillisecond},
};

const Unit* FindUnit(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

// The characters at the front of `text` that are digits, or that are not; taken from it.
std::string_view TakeRun(std::string_view* text, bool digits) {
  size_t length = 0;
  while (length < text->size() && IsDigit((*text)[length]) == digits) ++length;
  const std::string_view run = text->substr(0, length);
  text->remove_prefix(length);
  return run;
}

}  // namespace

absl::StatusOr<int64_t> ParseDurationText(std::string_view text) {
  if (text == "0") return 0;
  const auto invalid = [text] {
    return absl::InvalidArgumentError("not a valid duration string: " + DoubleQuoted(text));
  };
  uint64_t total = 0;
  int last_place = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view digits = TakeRun(&rest, /*digits=*/true);
    const std::string_view name = TakeRun(&rest, /*digits=*/false);
    uint64_t count = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc() || name.empty()) return invalid();
    const Unit* const unit = FindUnit(name);
    if (unit == nullptr) {
      return absl::InvalidArgumentError("unknown unit " + DoubleQuoted(name) + " in duration " +
                                        DoubleQuoted(text));
    }
    if (unit->place <= last_place) return invalid();
    last_place = unit->place;
    if (count > (kMaxNanoseconds + 1) / unit->nanoseconds) {
      return absl::InvalidArgumentError("duration out of range");
    }
    total += count * unit->nanoseconds;
    if (total > kMaxNanoseconds) return absl::InvalidArgumentError("duration out of range");
  }
  return static_cast<int64_t>(total);
}

double SecondsFromNanoseconds(int64_t nanoseconds) {
  constexpr auto kNanosecondsPerSecond = static_cast<int64_t>(kSecond);
  const int64_t whole = nanoseconds / kNanosecondsPerSecond;
  const int64_t rest = nanoseconds % kNanosecondsPerSecond;
  return static_cast<double>(whole) + static_cast<double>(rest) / 1e9;
}

bool IsDurationOutOfRange(double seconds) { return std::fabs(seconds) > kTwoTo63 / 1e9; }

int64_t RoundToInt64(double value) {
  const double rounded = std::round(value);
  if (!(rounded >= -kTwoTo63 && rounded < kTwoTo63)) return std::numeric_limits<int64_t>::min();
  return static_cast<int64_t>(rounded);
}

std::string FormatDuration(int64_t nanoseconds) {
  // At most a millionth of the lowest int64, so that it can be negated.
  int64_t rest = TruncatedMilliseconds(nanoseconds);
  if (rest == 0) return "0s";
  std::string text;
  if (rest < 0) {
    text = "-";
    rest = -rest;
  }
  for (const Unit& unit : kUnits) {
    const auto milliseconds = static_cast<int64_t>(unit.nanoseconds / kMillisecond);
    const bool only_whole = unit.name == "y" || unit.name == "w";
    if (rest < milliseconds || (only_whole && rest % milliseconds != 0)) continue;
    text.append(std::to_string(rest / milliseconds)).append(unit.name);
    rest %= milliseconds;
  }
  return text;
}

}  // namespace promlite::internal
