#include "promlite/storage/capture/record_reader.h"

namespace promlite::internal {

std::unique_ptr<RecordReader> MakeRecordReader(CaptureKind kind, BufferedReader* reader) {
  switch (kind) {
    case CaptureKind::kPlc:
      return PlcReader(reader);
    case CaptureKind::kLengthPrefixed:
      return LengthPrefixedReader(reader);
    case CaptureKind::kJsonLines:
      return JsonLinesReader(reader);
    case CaptureKind::kOtlpProtobuf:
      return SingleBodyReader(reader, RecordKind::kOtlpProtobuf);
    case CaptureKind::kOtlpJson:
      return SingleBodyReader(reader, RecordKind::kOtlpJson);
    case CaptureKind::kRemoteWrite:
      return SingleBodyReader(reader, RecordKind::kRemoteWrite);
    case CaptureKind::kText:
      break;
  }
  return TextPieceReader(reader);
}

}  // namespace promlite::internal
