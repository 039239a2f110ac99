#ifndef PROMLITE_STORAGE_OTLP_JSON_READER_H_
#define PROMLITE_STORAGE_OTLP_JSON_READER_H_

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace promlite::internal {

// Reads one JSON document in the form that protobuf messages have there: field names in camel or
// snake case, 64-bit integers as numbers or strings, NaN and the infinities as strings, `null` for
// a field that is not set. The document is read once, front to back, each value where it stands.
//
// All methods return false on an error, of which the first one stays: status().
class JsonReader {
 public:
  using Value = simdjson::ondemand::value;

  // Reads a whole document, an object. `visit` as in ReadObject().
  template <typename Visit>
  bool ReadDocument(std::string_view text, Visit visit);

  // Calls `visit(name, value)` for each field, its name in camel case; it must read the value, or
  // Skip() it.
  template <typename Visit>
  bool ReadObject(Value value, Visit visit);
  // Calls `visit(element)` for each element.
  template <typename Visit>
  bool ReadArray(Value value, Visit visit);

  bool Read(Value value, bool* out);
  bool Read(Value value, double* out);
  bool Read(Value value, int32_t* out);
  bool Read(Value value, int64_t* out);
  bool Read(Value value, uint32_t* out);
  bool Read(Value value, uint64_t* out);
  bool Read(Value value, std::string* out);
  // Base64, standard or URL-safe, padded or not.
  bool ReadBase64(Value value, std::string* out);
  // Hexadecimal digits.
  bool ReadHex(Value value, std::string* out);

  // Whether it is `null`, which then has been read.
  bool IsNull(Value* value);
  bool Skip(Value value);

  // Notes that a field is `null` which has to be a number, as JavaScript writes NaN and the
  // infinities. TakeUnknown() is the name of the last such field since it was called; empty: none.
  void NoteUnknown(std::string_view field) { unknown_ = field; }
  std::string TakeUnknown() { return std::exchange(unknown_, ""); }

  bool Fail(std::string_view what) { return FailAt(Position(), what); }
  absl::Status status() const { return status_; }

 private:
  // Deeper than any request of use, and shallow enough for any thread's stack.
  static constexpr int kDeepest = 100;

  template <typename Object, typename Visit>
  bool VisitFields(Object object, Visit visit);
  bool Start(std::string_view text);
  bool FailAt(size_t position, std::string_view what);
  bool Check(simdjson::error_code error, std::string_view expected = "another type");
  bool Enter() { return ++depth_ <= kDeepest || Fail("nested too deep"); }
  bool ReadText(Value value, std::string_view* out);
  // Of 64 bits. `expected` is the error's words.
  template <typename Integer>
  bool ReadInteger(Value value, std::string_view expected, Integer* out);
  // Text that `decode` turns into bytes.
  bool ReadDecoded(Value value, bool (*decode)(std::string_view, std::string*),
                   std::string_view expected, std::string* out);
  bool SkipScalar(Value value);
  std::string_view CamelCase(std::string_view name);
  bool IsAtEnd() { return document_.current_location().error() != simdjson::SUCCESS; }
  // Where the document was last read, in bytes.
  size_t Position();

  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
  std::string padded_;  // the text, and the room behind it that the parser needs
  size_t size_ = 0;
  int depth_ = 0;
  std::string_view field_;
  std::string unknown_;
  std::string camel_case_;
  absl::Status status_;
};

template <typename Visit>
bool JsonReader::ReadDocument(std::string_view text, Visit visit) {
  if (!Start(text)) return false;
  simdjson::ondemand::object root;
  if (!Check(document_.get_object().get(root), "an object")) return false;
  if (!Enter() || !VisitFields(root, visit)) return false;
  return IsAtEnd() || Fail("more text after the end");
}

template <typename Visit>
bool JsonReader::ReadObject(Value value, Visit visit) {
  if (IsNull(&value)) return true;
  simdjson::ondemand::object object;
  if (!Enter() || !Check(value.get_object().get(object), "an object")) return false;
  if (!VisitFields(object, visit)) return false;
  --depth_;
  return true;
}

template <typename Visit>
bool JsonReader::ReadArray(Value value, Visit visit) {
  if (IsNull(&value)) return true;
  simdjson::ondemand::array array;
  if (!Enter() || !Check(value.get_array().get(array), "an array")) return false;
  for (simdjson::simdjson_result<Value> next : array) {
    Value element;
    if (!Check(std::move(next).get(element)) || !visit(element)) return false;
  }
  --depth_;
  return true;
}

template <typename Object, typename Visit>
bool JsonReader::VisitFields(Object object, Visit visit) {
  for (simdjson::simdjson_result<simdjson::ondemand::field> next : object) {
    simdjson::ondemand::field field;
    std::string_view name;
    if (!Check(std::move(next).get(field)) || !Check(field.unescaped_key().get(name))) return false;
    field_ = name;
    if (!visit(CamelCase(name), field.value())) return false;
  }
  return true;
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_JSON_READER_H_
