#include "promlite/storage/otlp/common_json.h"

#include <cstdint>
#include <string_view>

namespace promlite::internal {
namespace {

using Value = JsonReader::Value;

// {"values": [...]} of arrays and maps.
template <typename List, typename Read>
bool ReadValues(JsonReader* json, Value value, List* list, Read read) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "values") return ReadMessages(json, field, list->mutable_values(), read);
    return json->Skip(field);
  });
}

}  // namespace

bool ReadKeyValue(JsonReader* json, Value value, otlp::KeyValue* attribute) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "key") return json->Read(field, attribute->mutable_key());
    if (name == "value") return ReadAnyValue(json, field, attribute->mutable_value());
    return json->Skip(field);
  });
}

bool ReadAnyValue(JsonReader* json, Value value, otlp::AnyValue* any) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (json->IsNull(&field)) return true;
    if (name == "stringValue") return json->Read(field, any->mutable_string_value());
    if (name == "boolValue") {
      return ReadOptional<bool>(json, field, [&](bool b) { any->set_bool_value(b); });
    }
    if (name == "intValue") {
      return ReadOptional<int64_t>(json, field, [&](int64_t i) { any->set_int_value(i); });
    }
    if (name == "doubleValue") {
      return ReadOptional<double>(json, field, [&](double d) { any->set_double_value(d); });
    }
    if (name == "bytesValue") return json->ReadBase64(field, any->mutable_bytes_value());
    if (name == "arrayValue") {
      return ReadValues(json, field, any->mutable_array_value(), ReadAnyValue);
    }
    if (name == "kvlistValue") {
      return ReadValues(json, field, any->mutable_kvlist_value(), ReadKeyValue);
    }
    return json->Skip(field);
  });
}

bool ReadScope(JsonReader* json, Value value, otlp::InstrumentationScope* scope) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "name") return json->Read(field, scope->mutable_name());
    if (name == "version") return json->Read(field, scope->mutable_version());
    if (name == "attributes") {
      return ReadMessages(json, field, scope->mutable_attributes(), ReadKeyValue);
    }
    return json->Skip(field);
  });
}

bool ReadResource(JsonReader* json, Value value, otlp::Resource* resource) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "attributes") {
      return ReadMessages(json, field, resource->mutable_attributes(), ReadKeyValue);
    }
    return json->Skip(field);
  });
}

}  // namespace promlite::internal
