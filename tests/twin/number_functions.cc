#include "promlite/tests/twin/number_functions.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <map>

#include "promlite/tests/twin/output.h"
#include "promlite/tests/twin/sums.h"

namespace promlite::twin {
namespace {

using Days = std::chrono::sys_days;
using Date = std::chrono::year_month_day;

struct Moment {
  Date date;
  Days day;
  int64_t second_of_day = 0;
};

Moment MomentOf(double seconds) {
  // What lies outside is left to Go's and the processor's conversions.
  if (!(std::fabs(seconds) < 5e11)) FailUnspecified("calendar of a number that is no time");
  const auto whole = static_cast<int64_t>(seconds);
  const int64_t day = whole >= 0 ? whole / 86'400 : -((-whole + 86'399) / 86'400);
  const Days days{std::chrono::days(day)};
  return {Date(days), days, whole - day * 86'400};
}

double Number(auto value) { return static_cast<double>(value); }

double DaysInMonth(const Moment& moment) {
  const Date& date = moment.date;
  return Number(static_cast<unsigned>((date.year() / date.month() / std::chrono::last).day()));
}

using DateFunction = double (*)(const Moment&);

const std::map<std::string_view, DateFunction>& DateFunctions() {
  static const std::map<std::string_view, DateFunction> kFunctions = {
      {"minute", [](const Moment& m) { return Number(m.second_of_day / 60 % 60); }},
      {"hour", [](const Moment& m) { return Number(m.second_of_day / 3600); }},
      {"day_of_month", [](const Moment& m) { return Number(static_cast<unsigned>(m.date.day())); }},
      {"day_of_week",
       [](const Moment& m) { return Number(std::chrono::weekday(m.day).c_encoding()); }},
      {"day_of_year",
       [](const Moment& m) {
         return Number((m.day - Days(m.date.year() / std::chrono::January / 1)).count() + 1);
       }},
      {"days_in_month", DaysInMonth},
      {"month", [](const Moment& m) { return Number(static_cast<unsigned>(m.date.month())); }},
      {"year", [](const Moment& m) { return Number(static_cast<int>(m.date.year())); }},
  };
  return kFunctions;
}

double Sign(double v) {
  if (v > 0) return 1;
  return v < 0 ? -1 : v;
}

using MathFunction = double (*)(double);

const std::map<std::string_view, MathFunction>& MathFunctions() {
  static const std::map<std::string_view, MathFunction> kFunctions = {
      {"abs", std::fabs},
      {"ceil", std::ceil},
      {"floor", std::floor},
      {"exp", std::exp},
      {"ln", std::log},
      {"log2", std::log2},
      {"log10", std::log10},
      {"sqrt", std::sqrt},
      {"sin", std::sin},
      {"cos", std::cos},
      {"tan", std::tan},
      {"asin", std::asin},
      {"acos", std::acos},
      {"atan", std::atan},
      {"sinh", std::sinh},
      {"cosh", std::cosh},
      {"tanh", std::tanh},
      {"asinh", std::asinh},
      {"acosh", std::acosh},
      {"atanh", std::atanh},
      {"sgn", Sign},
      {"deg", [](double v) { return v * 57.29577951308232; }},
      {"rad", [](double v) { return v * 0.017453292519943295; }},
  };
  return kFunctions;
}

double Round(double v, const std::vector<double>& scalars) {
  const double inverse = 1.0 / (scalars.empty() ? 1.0 : scalars[0]);
  return std::floor(v * inverse + 0.5) / inverse;
}

}  // namespace

double GoMaximum(double a, double b) {
  if (a == kInfinity || b == kInfinity) return kInfinity;
  if (std::isnan(a) || std::isnan(b)) return kNaN;
  if (a == 0 && b == 0) return std::signbit(a) ? b : a;
  return a > b ? a : b;
}

double GoMinimum(double a, double b) {
  if (a == -kInfinity || b == -kInfinity) return -kInfinity;
  if (std::isnan(a) || std::isnan(b)) return kNaN;
  if (a == 0 && b == 0) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}

bool IsDateFunction(std::string_view name) { return DateFunctions().count(name) > 0; }

NumberFunction FindNumberFunction(std::string_view name) {
  if (const auto found = MathFunctions().find(name); found != MathFunctions().end()) {
    const MathFunction function = found->second;
    return [function](double v, const std::vector<double>&) { return function(v); };
  }
  if (const auto found = DateFunctions().find(name); found != DateFunctions().end()) {
    const DateFunction function = found->second;
    return [function](double v, const std::vector<double>&) { return function(MomentOf(v)); };
  }
  if (name == "round") return Round;
  if (name == "clamp") {
    return
        [](double v, const std::vector<double>& s) { return GoMaximum(s[0], GoMinimum(s[1], v)); };
  }
  if (name == "clamp_min") {
    return [](double v, const std::vector<double>& s) {
      return GoMaximum(s[0], GoMinimum(kInfinity, v));
    };
  }
  if (name == "clamp_max") {
    return [](double v, const std::vector<double>& s) {
      return GoMaximum(-kInfinity, GoMinimum(s[0], v));
    };
  }
  return nullptr;
}

std::string PlainDecimal(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  char text[40];
  const auto end =
      std::to_chars(text, text + sizeof text, std::fabs(value), std::chars_format::scientific);
  const std::string scientific(text, end.ptr);
  const size_t e = scientific.find('e');
  std::string digits;
  for (const char c : scientific.substr(0, e)) {
    if (c != '.') digits += c;
  }
  const int exponent = std::stoi(scientific.substr(e + 1));
  const std::string sign = std::signbit(value) ? "-" : "";
  if (exponent < 0)
    return sign + "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<size_t>(exponent) + 1;
  if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0');
  return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace promlite::twin
