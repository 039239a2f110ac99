#ifndef PROMLITE_STORAGE_OTLP_ENCODING_H_
#define PROMLITE_STORAGE_OTLP_ENCODING_H_

namespace promlite::internal {

// How a request of any signal is written.
enum class OtlpEncoding { kProtobuf, kJson };

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_ENCODING_H_
