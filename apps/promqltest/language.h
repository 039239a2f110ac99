#ifndef PROMLITE_APPS_PROMQLTEST_LANGUAGE_H_
#define PROMLITE_APPS_PROMQLTEST_LANGUAGE_H_

#include "promlite/parser/promql/parse_options.h"

namespace promlite::promqltest {

// Everything that a script may use is enabled, as in the reference's own runner.
inline constexpr promql::ParseOptions kEverything{
    .experimental_functions = true, .binop_fill_modifiers = true, .unquoted_utf8_names = true};

}  // namespace promlite::promqltest

#endif  // PROMLITE_APPS_PROMQLTEST_LANGUAGE_H_
