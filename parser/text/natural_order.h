#ifndef PROMLITE_PARSER_TEXT_NATURAL_ORDER_H_
#define PROMLITE_PARSER_TEXT_NATURAL_ORDER_H_

#include <string_view>

namespace promlite::internal {

// Whether `a` comes before `b` where runs of digits count as numbers ("node9" before "node10"), as
// sort_by_label has it. Not an order in all corners: of "1" and "01" each precedes the other, of ""
// and anything else neither does.
bool NaturallyPrecedes(std::string_view a, std::string_view b);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_NATURAL_ORDER_H_
