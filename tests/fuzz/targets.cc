#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {

std::span<const Target> Targets() {
  static constexpr Target kTargets[] = {
      {"parser", FuzzParser},
      {"engine", FuzzEngine},
      {"otlp_protobuf", FuzzOtlpProtobuf},
      {"otlp_json", FuzzOtlpJson},
      {"otlp_logs", FuzzOtlpLogs},
      {"text", FuzzText},
      {"remote_write", FuzzRemoteWrite},
      {"capture", FuzzCapture},
      {"plc", FuzzPlc},
      {"script", FuzzScript},
  };
  return kTargets;
}

}  // namespace promlite::fuzz
