#ifndef PROMLITE_ENGINE_ANSWER_JSON_OBJECT_H_
#define PROMLITE_ENGINE_ANSWER_JSON_OBJECT_H_

#include <string>
#include <string_view>

#include "promlite/engine/answer/json.h"

namespace promlite {

// Writes a JSON object, its members in the order in which they are added.
class JsonObject {
 public:
  // `value` is JSON.
  JsonObject& Add(std::string_view key, std::string_view value) {
    text_ += text_.empty() ? "{" : ",";
    text_ += JsonQuote(key);
    text_ += ':';
    text_ += value;
    return *this;
  }
  std::string Text() const { return text_.empty() ? "{}" : text_ + "}"; }

 private:
  std::string text_;
};

// `write` gives an item's JSON.
template <typename Items, typename Write>
std::string JsonArray(const Items& items, Write write) {
  std::string text = "[";
  for (const auto& item : items) {
    if (text.size() > 1) text += ',';
    text += write(item);
  }
  return text + "]";
}

}  // namespace promlite

#endif  // PROMLITE_ENGINE_ANSWER_JSON_OBJECT_H_
