#include "promlite/storage/otlp/json_requests.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

namespace promlite::internal {
namespace {

// What all keys have in common.
constexpr std::string_view kStem = "resource";

struct SignalKey {
  std::string_view rest;  // behind the stem
  bool JsonSignals::* signal;
};
constexpr std::array kSignalKeys = {
    SignalKey{"Metrics", &JsonSignals::metrics}, SignalKey{"_metrics", &JsonSignals::metrics},
    SignalKey{"Logs", &JsonSignals::logs},       SignalKey{"_logs", &JsonSignals::logs},
    SignalKey{"Spans", &JsonSignals::traces},    SignalKey{"_spans", &JsonSignals::traces},
    SignalKey{"Profiles", &JsonSignals::traces}, SignalKey{"_profiles", &JsonSignals::traces}};

const SignalKey* KeyBehindStem(std::string_view text) {
  const auto at = std::find_if(kSignalKeys.begin(), kSignalKeys.end(),
                               [&](const SignalKey& key) { return text.starts_with(key.rest); });
  return at == kSignalKeys.end() ? nullptr : &*at;
}

// Calls `visit(position behind the stem)` for each place where the stem stands, until it is true.
template <typename Visit>
bool VisitStems(std::string_view text, Visit visit) {
  for (size_t at = 0; at < text.size();) {
    const void* found = memmem(text.data() + at, text.size() - at, kStem.data(), kStem.size());
    if (found == nullptr) return false;
    at = static_cast<size_t>(static_cast<const char*>(found) - text.data()) + kStem.size();
    if (visit(at)) return true;
  }
  return false;
}

// The whole of a quoted key.
bool IsSignalKey(std::string_view name) {
  if (!name.starts_with(kStem)) return false;
  name.remove_prefix(kStem.size());
  const SignalKey* const key = KeyBehindStem(name);
  return key != nullptr && key->rest == name;
}

bool IsBlank(char c) { return kJsonBlanks.find(c) != kJsonBlanks.npos; }

// Behind the string that begins with a quote at `at`; npos if it does not end.
size_t EndOfString(std::string_view text, size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.npos;
}

// Finds the requests of one document.
class RequestFinder {
 public:
  void Search(std::string_view document, int nesting) {
    struct Object {
      size_t begin;
      size_t requests;  // that were found before it
      bool is_request;
    };
    std::vector<Object> open;
    for (size_t at = 0; at < document.size(); ++at) {
      const char c = document[at];
      if (c == '{') {
        open.push_back({at, requests_.size(), false});
      } else if (c == '}' && !open.empty()) {
        const Object object = open.back();
        open.pop_back();
        if (!object.is_request) continue;
        // What was found within it is a part of it.
        requests_.resize(object.requests);
        requests_.emplace_back(document.substr(object.begin, at + 1 - object.begin));
      } else if (c == '"') {
        const size_t end = EndOfString(document, at);
        if (end == document.npos) return;
        const std::string_view quoted = document.substr(at, end - at);
        if (IsKey(document, end)) {
          const bool is_request = IsSignalKey(quoted.substr(1, quoted.size() - 2));
          if (!open.empty()) open.back().is_request = open.back().is_request || is_request;
        } else if (nesting < kMostNesting && NamesOtlpRequest(quoted)) {
          SearchString(quoted, nesting);
        }
        at = end - 1;
      }
    }
  }

  std::vector<std::string> TakeRequests() { return std::move(requests_); }

 private:
  // A string in a string in a string.
  static constexpr int kMostNesting = 3;

  static bool IsKey(std::string_view document, size_t behind) {
    const size_t at = document.find_first_not_of(kJsonBlanks, behind);
    return at != document.npos && document[at] == ':';
  }

  void SearchString(std::string_view quoted, int nesting) {
    const simdjson::padded_string padded(quoted);
    simdjson::dom::parser parser;
    std::string_view text;
    if (parser.parse(padded).get_string().get(text) == simdjson::SUCCESS) Search(text, nesting + 1);
  }

  std::vector<std::string> requests_;
};

}  // namespace

JsonSignals SignalsOfJson(std::string_view text) {
  JsonSignals signals;
  VisitStems(text, [&](size_t at) {
    const SignalKey* const key = KeyBehindStem(text.substr(at));
    if (key == nullptr || at == kStem.size() || text[at - kStem.size() - 1] != '"') return false;
    const size_t behind = at + key->rest.size();
    if (behind >= text.size() || text[behind] != '"') return false;
    const size_t colon = text.find_first_not_of(kJsonBlanks, behind + 1);
    if (colon != text.npos && text[colon] == ':') signals.*key->signal = true;
    return false;
  });
  return signals;
}

bool NamesOtlpRequest(std::string_view text) {
  return VisitStems(text, [&](size_t at) { return KeyBehindStem(text.substr(at)) != nullptr; });
}

bool BeginsAsOtlpRequest(std::string_view text) {
  size_t at = text.find_first_not_of(kJsonBlanks, 1);
  if (at == text.npos || text[at] != '"') return false;
  const size_t end = text.find('"', at + 1);
  return end != text.npos && IsSignalKey(text.substr(at + 1, end - at - 1));
}

// Within an object another one stands behind a bracket, a comma or a colon.
bool JsonScan::OpensRightly(std::string_view text) const {
  if (depth_ == 0) return true;
  if (last_ != '[' && last_ != ',' && last_ != ':') return false;
  return !(at_ > 0 && text[at_ - 1] == '\n' && BeginsAsOtlpRequest(text.substr(at_)) &&
           BeginsAsOtlpRequest(text));
}

JsonScan::End JsonScan::Continue(std::string_view text) {
  for (; at_ < text.size(); ++at_) {
    const char c = text[at_];
    if (in_string_) {
      if (c == '\n') return End::kTorn;
      if (c == '"') in_string_ = false;
      if (c != '\\') continue;
      if (at_ + 1 == text.size()) return End::kNeedMore;
      ++at_;
      continue;
    }
    if (IsBlank(c)) continue;
    if (c == '{' || c == '[') {
      if (c == '{' && at_ > 0 && text[at_ - 1] == '\n' && next_beginning_ == 0) {
        next_beginning_ = at_;
      }
      if (depth_ == kDeepest || (c == '{' && !OpensRightly(text))) return End::kTorn;
      ++depth_;
    } else if (c == '}' || c == ']') {
      if (--depth_ == 0) {
        ++at_;
        return End::kWhole;
      }
    }
    in_string_ = c == '"';
    last_ = c;
  }
  return End::kNeedMore;
}

std::vector<std::string> FindJsonRequests(std::string_view document) {
  RequestFinder finder;
  finder.Search(document, 0);
  return finder.TakeRequests();
}

}  // namespace promlite::internal
