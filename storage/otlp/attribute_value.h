#ifndef PROMLITE_STORAGE_OTLP_ATTRIBUTE_VALUE_H_
#define PROMLITE_STORAGE_OTLP_ATTRIBUTE_VALUE_H_

#include <string>

#include "otlp_common.pb.h"

namespace promlite::internal {

// The text of an attribute's value, as it becomes a label's value: text as it is, `true`, decimal
// integers, numbers as JSON writes them, `NaN`, `Infinity` and `-Infinity`, base64 of bytes, JSON
// of arrays and maps (keys sorted), nothing for no value and for an array or a map that holds one
// of the numbers that JSON has not.
std::string AttributeText(const otlp::AnyValue& value);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_ATTRIBUTE_VALUE_H_
