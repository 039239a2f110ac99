#ifndef PROMLITE_STORAGE_OTLP_METRICS_STREAM_IDENTITY_H_
#define PROMLITE_STORAGE_OTLP_METRICS_STREAM_IDENTITY_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "otlp_metrics.pb.h"

namespace promlite::internal {

// OTLP tells streams apart by resource, scope, metric and attributes, of which not all become
// labels. Here each of these is 64 bits of hash, the same however a request was encoded.

using Attributes = google::protobuf::RepeatedPtrField<otlp::KeyValue>;

// Appends what is the same for the same attributes in any order.
void AppendAttributes(const Attributes& attributes, std::string* key);

uint64_t IdentityOf(const Attributes& attributes);
uint64_t IdentityOf(const otlp::InstrumentationScope& scope, std::string_view schema_url);
uint64_t IdentityOfMetric(std::string_view name, std::string_view unit);

// One of several.
uint64_t JoinIdentities(std::initializer_list<uint64_t> identities);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_STREAM_IDENTITY_H_
