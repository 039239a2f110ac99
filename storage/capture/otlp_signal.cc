#include "promlite/storage/capture/otlp_signal.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace promlite::internal {
namespace {

enum WireType : uint32_t { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2, kFixed32 = 5 };

struct Field {
  uint32_t number = 0;
  uint32_t wire_type = 0;
  std::string_view bytes;  // of length-delimited fields
};

bool TakeVarint(std::string_view* rest, uint64_t* value) {
  *value = 0;
  for (int shift = 0; shift < 64 && !rest->empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest->front());
    rest->remove_prefix(1);
    *value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// The next field of a message; false at its end and where it is damaged.
bool TakeField(std::string_view* rest, Field* field) {
  uint64_t value = 0;
  if (rest->empty() || !TakeVarint(rest, &value)) return false;
  field->number = static_cast<uint32_t>(value >> 3);
  field->wire_type = static_cast<uint32_t>(value & 7);
  field->bytes = {};
  if (field->number == 0) return false;
  size_t size = 0;
  switch (field->wire_type) {
    case kVarint:
      return TakeVarint(rest, &value);
    case kFixed64:
      size = 8;
      break;
    case kFixed32:
      size = 4;
      break;
    case kLengthDelimited:
      if (!TakeVarint(rest, &value) || value > rest->size()) return false;
      size = static_cast<size_t>(value);
      break;
    default:
      return false;
  }
  if (size > rest->size()) return false;
  field->bytes = rest->substr(0, size);
  rest->remove_prefix(size);
  return true;
}

// A metric has only length-delimited fields; the times of log records (1, 11) and spans (7, 8) are
// fixed64.
OtlpSignal SignalOfLeaf(std::string_view leaf) {
  Field field;
  bool named_data = false;
  while (TakeField(&leaf, &field)) {
    if (field.wire_type == kFixed64 && (field.number == 1 || field.number == 11)) {
      return OtlpSignal::kLogs;
    }
    if (field.wire_type == kFixed64 && (field.number == 7 || field.number == 8)) {
      return OtlpSignal::kTraces;
    }
    if (field.wire_type == kLengthDelimited) named_data = true;
  }
  return named_data && leaf.empty() ? OtlpSignal::kMetrics : OtlpSignal::kUnknown;
}

}  // namespace

OtlpSignal SignalOfProtobuf(std::string_view request) {
  Field resource;
  while (TakeField(&request, &resource)) {
    if (resource.number != 1 || resource.wire_type != kLengthDelimited) continue;
    Field scope;
    while (TakeField(&resource.bytes, &scope)) {
      if (scope.number != 2 || scope.wire_type != kLengthDelimited) continue;
      Field leaf;
      while (TakeField(&scope.bytes, &leaf)) {
        if (leaf.number == 2 && leaf.wire_type == kLengthDelimited) {
          return SignalOfLeaf(leaf.bytes);
        }
      }
    }
  }
  return OtlpSignal::kUnknown;
}

OtlpSignal SignalOfJson(std::string_view request) {
  struct Key {
    std::string_view text;
    OtlpSignal signal;
  };
  constexpr Key kKeys[] = {{"\"resourceMetrics\"", OtlpSignal::kMetrics},
                           {"\"resourceLogs\"", OtlpSignal::kLogs},
                           {"\"resourceSpans\"", OtlpSignal::kTraces},
                           {"\"resource_metrics\"", OtlpSignal::kMetrics},
                           {"\"resource_logs\"", OtlpSignal::kLogs},
                           {"\"resource_spans\"", OtlpSignal::kTraces}};
  // The first string of the request is its first key.
  const size_t quote = request.find('"');
  if (quote == std::string_view::npos) return OtlpSignal::kUnknown;
  for (const Key& key : kKeys) {
    if (request.substr(quote, key.text.size()) == key.text) return key.signal;
  }
  return OtlpSignal::kUnknown;
}

bool IsWholeExportRequest(std::string_view bytes) {
  Field field;
  while (!bytes.empty()) {
    if (!TakeField(&bytes, &field)) return false;
    if (field.number != 1 || field.wire_type != kLengthDelimited) return false;
  }
  return true;
}

}  // namespace promlite::internal
