#ifndef PROMLITE_STORAGE_OTLP_COMMON_JSON_H_
#define PROMLITE_STORAGE_OTLP_COMMON_JSON_H_

#include "otlp_common.pb.h"
#include "promlite/storage/otlp/json_reader.h"

namespace promlite::internal {

// The messages that all OTLP signals share, from their JSON form. All functions return false on an
// error, which the reader keeps.

// Reads the elements of an array with `read(element, message)`.
template <typename Messages, typename Read>
bool ReadMessages(JsonReader* json, JsonReader::Value value, Messages* messages, Read read) {
  return json->ReadArray(
      value, [&](JsonReader::Value element) { return read(json, element, messages->Add()); });
}

// Reads a field that is set with a method of its message, unless it is null.
template <typename Number, typename Set>
bool ReadOptional(JsonReader* json, JsonReader::Value value, Set set) {
  if (json->IsNull(&value)) return true;
  Number number{};
  if (!json->Read(value, &number)) return false;
  set(number);
  return true;
}

bool ReadAnyValue(JsonReader* json, JsonReader::Value value, otlp::AnyValue* any);
bool ReadKeyValue(JsonReader* json, JsonReader::Value value, otlp::KeyValue* attribute);
bool ReadScope(JsonReader* json, JsonReader::Value value, otlp::InstrumentationScope* scope);
bool ReadResource(JsonReader* json, JsonReader::Value value, otlp::Resource* resource);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_COMMON_JSON_H_
