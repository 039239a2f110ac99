#ifndef PROMLITE_TESTS_TWIN_NUMBER_FUNCTIONS_H_
#define PROMLITE_TESTS_TWIN_NUMBER_FUNCTIONS_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace promlite::twin {

// The function of one number (and the scalar arguments behind it) called so, or nothing: abs,
// round, clamp, hour and the like.
using NumberFunction = std::function<double(double, const std::vector<double>&)>;
NumberFunction FindNumberFunction(std::string_view name);

// Whether it takes a time apart: hour, month and the like, which without argument are those of the
// evaluation time.
bool IsDateFunction(std::string_view name);

// Go's math.Max and math.Min: an infinity wins over NaN, NaN over the rest.
double GoMaximum(double a, double b);
double GoMinimum(double a, double b);

// The shortest digits that lead back to the number, without exponent.
std::string PlainDecimal(double value);

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_NUMBER_FUNCTIONS_H_
