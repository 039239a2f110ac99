#include "promlite/storage/otlp/json_reader.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "promlite/parser/text/absl_compat.h"

namespace promlite::internal {

namespace {

using simdjson::ondemand::json_type;

// The whole text as a number.
template <typename Number>
bool ParseText(std::string_view text, Number* out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *out);
  return error == std::errc() && end == text.data() + text.size();
}

// A number without fraction that the type can hold: 1e9 is one of 1000000000.
template <typename Integer>
bool ToInteger(double number, Integer* out) {
  constexpr double kAboveLargest = std::is_signed_v<Integer> ? 0x1p63 : 0x1p64;
  constexpr double kLeast = std::is_signed_v<Integer> ? -0x1p63 : 0;
  if (!(number >= kLeast && number < kAboveLargest) || number != std::trunc(number)) return false;
  *out = static_cast<Integer>(number);
  return true;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int Base64Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

bool DecodeBase64(std::string_view text, std::string* out) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % 4 == 1) return false;
  uint32_t group = 0;
  int bits = 0;
  for (const char c : text) {
    const int digit = Base64Digit(c);
    if (digit < 0) return false;
    group = group << 6 | static_cast<uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out->push_back(static_cast<char>(group >> bits & 0xff));
  }
  return true;
}

bool DecodeHex(std::string_view text, std::string* out) {
  if (text.size() % 2 != 0) return false;
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = HexDigit(text[i]);
    const int low = HexDigit(text[i + 1]);
    if (high < 0 || low < 0) return false;
    out->push_back(static_cast<char>(high << 4 | low));
  }
  return true;
}

}  // namespace

bool JsonReader::Start(std::string_view text) {
  depth_ = 0;
  field_ = {};
  status_ = absl::OkStatus();
  size_ = text.size();
  padded_.assign(text);
  padded_.append(simdjson::SIMDJSON_PADDING, '\0');
  return Check(parser_.iterate(simdjson::padded_string_view(padded_.data(), size_, padded_.size()))
                   .get(document_));
}

bool JsonReader::Check(simdjson::error_code error, std::string_view expected) {
  if (error == simdjson::SUCCESS) return true;
  if (error == simdjson::INCORRECT_TYPE) return Fail(std::string(expected) + " is expected");
  return Fail(simdjson::error_message(error));
}

bool JsonReader::FailAt(size_t position, std::string_view what) {
  if (!status_.ok()) return false;
  std::string message = "OTLP/JSON: at byte " + std::to_string(position) + ": ";
  if (!field_.empty()) {
    message += "near \"";
    message += field_;
    message += "\": ";
  }
  message += what;
  status_ = absl::InvalidArgumentError(message);
  return false;
}

size_t JsonReader::Position() {
  const char* location = nullptr;
  if (!document_.is_alive() || document_.current_location().get(location) != simdjson::SUCCESS) {
    return size_;
  }
  return static_cast<size_t>(location - padded_.data());
}

std::string_view JsonReader::CamelCase(std::string_view name) {
  if (name.find('_') == name.npos) return name;
  camel_case_.clear();
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '_' && i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z') {
      camel_case_.push_back(static_cast<char>(name[++i] - 'a' + 'A'));
    } else {
      camel_case_.push_back(name[i]);
    }
  }
  return camel_case_;
}

bool JsonReader::IsNull(Value* value) {
  bool is_null = false;
  return value->is_null().get(is_null) == simdjson::SUCCESS && is_null;
}

bool JsonReader::ReadText(Value value, std::string_view* out) {
  json_type type{};
  if (!Check(value.type().get(type))) return false;
  if (type != json_type::string) return Fail("a string is expected");
  return Check(value.get_string().get(*out));
}

bool JsonReader::Read(Value value, std::string* out) {
  if (IsNull(&value)) return true;
  std::string_view text;
  if (!ReadText(value, &text)) return false;
  out->assign(text);
  return true;
}

bool JsonReader::Read(Value value, bool* out) {
  if (IsNull(&value)) return true;
  if (value.get_bool().get(*out) == simdjson::SUCCESS) return true;
  return Fail("true or false is expected");
}

bool JsonReader::Read(Value value, double* out) {
  if (IsNull(&value)) return true;
  json_type type{};
  if (!Check(value.type().get(type))) return false;
  if (type == json_type::number) return Check(value.get_double().get(*out));
  const size_t position = Position();
  std::string_view text;
  if (type != json_type::string || !Check(value.get_string().get(text))) {
    return Fail("a number is expected");
  }
  if (text == "NaN") {
    *out = std::numeric_limits<double>::quiet_NaN();
  } else if (text == "Infinity" || text == "-Infinity") {
    *out = (text[0] == '-' ? -1 : 1) * std::numeric_limits<double>::infinity();
  } else if (!ParseText(text, out)) {
    return FailAt(position, "a number is expected");
  }
  return true;
}

template <typename Integer>
bool JsonReader::ReadInteger(Value value, std::string_view expected, Integer* out) {
  if (IsNull(&value)) return true;
  json_type type{};
  if (!Check(value.type().get(type))) return false;
  if (type == json_type::string) {
    const size_t position = Position();
    std::string_view text;
    if (!ReadText(value, &text)) return false;
    return ParseText(text, out) || FailAt(position, expected);
  }
  if (type == json_type::number) {
    if (value.get<Integer>().get(*out) == simdjson::SUCCESS) return true;
    double number = 0;
    if (value.get_double().get(number) == simdjson::SUCCESS && ToInteger(number, out)) return true;
  }
  return Fail(expected);
}

bool JsonReader::Read(Value value, int64_t* out) {
  return ReadInteger(value, "an integer is expected", out);
}

bool JsonReader::Read(Value value, uint64_t* out) {
  return ReadInteger(value, "an integer from 0 is expected", out);
}

bool JsonReader::Read(Value value, int32_t* out) {
  int64_t wide = *out;
  if (!Read(value, &wide)) return false;
  if (!std::in_range<int32_t>(wide)) return Fail("a 32-bit integer is expected");
  *out = static_cast<int32_t>(wide);
  return true;
}

bool JsonReader::Read(Value value, uint32_t* out) {
  uint64_t wide = *out;
  if (!Read(value, &wide)) return false;
  if (!std::in_range<uint32_t>(wide)) return Fail("a 32-bit integer from 0 is expected");
  *out = static_cast<uint32_t>(wide);
  return true;
}

bool JsonReader::ReadDecoded(Value value, bool (*decode)(std::string_view, std::string*),
                             std::string_view expected, std::string* out) {
  if (IsNull(&value)) return true;
  const size_t position = Position();
  std::string_view text;
  if (!ReadText(value, &text)) return false;
  out->clear();
  return decode(text, out) || FailAt(position, expected);
}

bool JsonReader::ReadBase64(Value value, std::string* out) {
  return ReadDecoded(value, DecodeBase64, "base64 is expected", out);
}

bool JsonReader::ReadHex(Value value, std::string* out) {
  return ReadDecoded(value, DecodeHex, "hexadecimal digits are expected", out);
}

bool JsonReader::Skip(Value value) {
  json_type type{};
  if (!Check(value.type().get(type))) return false;
  if (type == json_type::object) {
    return ReadObject(value, [this](std::string_view, Value member) { return Skip(member); });
  }
  if (type == json_type::array) {
    return ReadArray(value, [this](Value element) { return Skip(element); });
  }
  return SkipScalar(value);
}

bool JsonReader::SkipScalar(Value value) {
  json_type type{};
  if (!Check(value.type().get(type))) return false;
  if (type == json_type::string) {
    std::string_view text;
    return Check(value.get_string().get(text));
  }
  if (type == json_type::number) {
    double number = 0;
    return Check(value.get_double().get(number));
  }
  bool is_true = false;
  return IsNull(&value) || Check(value.get_bool().get(is_true));
}

}  // namespace promlite::internal
