#ifndef PROMLITE_STORAGE_OTLP_JSON_REQUESTS_H_
#define PROMLITE_STORAGE_OTLP_JSON_REQUESTS_H_

#include <string>
#include <string_view>
#include <vector>

namespace promlite::internal {

// What may stand between the parts of JSON.
inline constexpr std::string_view kJsonBlanks = " \t\r\n";

// Which signals an OTLP/JSON request carries: by its keys, an object may hold several.
struct JsonSignals {
  bool metrics = false;
  bool logs = false;
  bool traces = false;  // or profiles

  bool any() const { return metrics || logs || traces; }
};

// By the keys `resourceMetrics`, `resource_metrics` and so on that stand anywhere in the text.
JsonSignals SignalsOfJson(std::string_view text);

// Whether the name of such a key stands in the text, perhaps in a string in it.
bool NamesOtlpRequest(std::string_view text);

// Whether a text that begins with a brace begins as an OTLP/JSON request does, with such a key.
bool BeginsAsOtlpRequest(std::string_view text);

// Where braces and brackets close that open at the beginning of `text`, behind the last one: the
// size of the object or array there. Text that is no JSON may end anywhere.
class JsonScan {
 public:
  enum class End {
    kWhole,     // position() is behind the object
    kTorn,      // position() is where it cannot go on
    kNeedMore,  // the text ends within the object
  };

  // `text` is what the last call had, and more behind it.
  End Continue(std::string_view text);
  size_t position() const { return at_; }
  // Where, in the object, a line begins with a brace: where another object may begin, should this
  // one turn out to be torn. 0: nowhere.
  size_t next_beginning() const { return next_beginning_; }

 private:
  // Deeper than any request that is read.
  static constexpr int kDeepest = 200;

  bool OpensRightly(std::string_view text) const;

  size_t at_ = 0;
  int depth_ = 0;
  bool in_string_ = false;
  char last_ = '\0';  // the last character outside of strings that is no blank
  size_t next_beginning_ = 0;
};

// The OTLP/JSON requests within an object that is none itself: objects in it, or in its strings,
// that have such a key.
std::vector<std::string> FindJsonRequests(std::string_view document);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_JSON_REQUESTS_H_
