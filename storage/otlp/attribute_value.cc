#include "promlite/storage/otlp/attribute_value.h"

#include <cmath>
#include <map>

#include "absl/strings/escaping.h"
#include "promlite/parser/text/json_string.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite::internal {

namespace {

// False if the value cannot be written as JSON: NaN and the infinities. Recursion is as deep as the
// value, which the decoders bound to 100 messages.
bool AppendJson(const otlp::AnyValue& value, std::string* out) {
  switch (value.value_case()) {
    case otlp::AnyValue::kStringValue:
      AppendJsonString(value.string_value(), kJsonOfAttributes, out);
      return true;
    case otlp::AnyValue::kBoolValue:
      *out += value.bool_value() ? "true" : "false";
      return true;
    case otlp::AnyValue::kIntValue:
      *out += std::to_string(value.int_value());
      return true;
    case otlp::AnyValue::kDoubleValue:
      if (!std::isfinite(value.double_value())) return false;
      *out += GoJsonNumber(value.double_value());
      return true;
    case otlp::AnyValue::kBytesValue:
      if (value.bytes_value().empty()) {
        *out += "null";
        return true;
      }
      out->push_back('"');
      *out += absl::Base64Escape(value.bytes_value());
      out->push_back('"');
      return true;
    case otlp::AnyValue::kArrayValue: {
      out->push_back('[');
      const char* separator = "";
      for (const otlp::AnyValue& element : value.array_value().values()) {
        *out += separator;
        if (!AppendJson(element, out)) return false;
        separator = ",";
      }
      out->push_back(']');
      return true;
    }
    case otlp::AnyValue::kKvlistValue: {
      // Sorted by key; of a key given twice the last value counts.
      std::map<std::string_view, const otlp::AnyValue*> members;
      for (const otlp::KeyValue& member : value.kvlist_value().values()) {
        members[member.key()] = &member.value();
      }
      out->push_back('{');
      const char* separator = "";
      for (const auto& [key, member] : members) {
        *out += separator;
        AppendJsonString(key, kJsonOfAttributes, out);
        out->push_back(':');
        if (!AppendJson(*member, out)) return false;
        separator = ",";
      }
      out->push_back('}');
      return true;
    }
    case otlp::AnyValue::VALUE_NOT_SET:
      *out += "null";
      return true;
  }
  return false;
}

}  // namespace

std::string AttributeText(const otlp::AnyValue& value) {
  switch (value.value_case()) {
    case otlp::AnyValue::kStringValue:
      return value.string_value();
    case otlp::AnyValue::kBoolValue:
      return value.bool_value() ? "true" : "false";
    case otlp::AnyValue::kIntValue:
      return std::to_string(value.int_value());
    case otlp::AnyValue::kDoubleValue:
      if (!std::isfinite(value.double_value())) {
        if (std::isnan(value.double_value())) return "NaN";
        return value.double_value() > 0 ? "Infinity" : "-Infinity";
      }
      return GoJsonNumber(value.double_value());
    case otlp::AnyValue::kBytesValue:
      return absl::Base64Escape(value.bytes_value());
    case otlp::AnyValue::kArrayValue:
    case otlp::AnyValue::kKvlistValue: {
      std::string text;
      return AppendJson(value, &text) ? text : "";
    }
    case otlp::AnyValue::VALUE_NOT_SET:
      return "";
  }
  return "";
}

}  // namespace promlite::internal
