#ifndef PROMLITE_TESTS_FUZZ_TARGETS_H_
#define PROMLITE_TESTS_FUZZ_TARGETS_H_

#include <span>
#include <string_view>

namespace promlite::fuzz {

// What is fuzzed, one file each. An input is any bytes; what must hold of all inputs is checked
// with GoogleTest's EXPECT_, so that the same code is a plain test of inputs that are known.

// A query: what Parse() accepts prints as text that is accepted, and prints the same.
void FuzzParser(std::string_view query);
// A query of a fixed small database, instant and range: the answers of the plan as written and of
// the rewritten one are the same.
void FuzzEngine(std::string_view query);
// A request, sent twice: the cache and the long way give the same database.
void FuzzOtlpProtobuf(std::string_view request);
// A request.
void FuzzOtlpJson(std::string_view request);
// A request of logs, in both encodings, sent twice: the second time adds nothing.
void FuzzOtlpLogs(std::string_view request);
// An OpenMetrics or Prometheus text, whole and cut into pieces.
void FuzzText(std::string_view text);
// A remote-write body, and a WriteRequest before it is packed into one.
void FuzzRemoteWrite(std::string_view body);
// A file of any kind that is recognised by its content.
void FuzzCapture(std::string_view file);
// A .plc file, as it is and with right checksums.
void FuzzPlc(std::string_view file);
// A script of the promqltest language.
void FuzzScript(std::string_view script);

struct Target {
  std::string_view name;
  void (*run)(std::string_view input);
};
std::span<const Target> Targets();

}  // namespace promlite::fuzz

#endif  // PROMLITE_TESTS_FUZZ_TARGETS_H_
