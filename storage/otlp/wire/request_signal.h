#ifndef PROMLITE_STORAGE_OTLP_WIRE_REQUEST_SIGNAL_H_
#define PROMLITE_STORAGE_OTLP_WIRE_REQUEST_SIGNAL_H_

#include <string_view>
#include <vector>

namespace promlite::internal {

// What an OTLP export request carries. The three requests have the same outer shape, and nothing
// in them says which they are, so a request is judged by its innermost messages.
enum class OtlpSignal { kMetrics, kLogs, kTraces, kUnknown };

// Looks at the first metric, log record or span only. kUnknown: there is none, or it is damaged.
OtlpSignal SignalOfProtobuf(std::string_view request);

// Requests that were written one behind the other make one message. Its parts, in order: as many
// resources in a row as carry the same signal, those that say nothing with those before them. One
// part if it is damaged or empty.
struct SignalPart {
  OtlpSignal signal = OtlpSignal::kUnknown;
  std::string_view bytes;
};
std::vector<SignalPart> SplitBySignal(std::string_view request);

// True if the bytes are a run of the fields that an export request has (field 1, messages), from
// first to last.
bool IsWholeExportRequest(std::string_view bytes);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_REQUEST_SIGNAL_H_
