#include "promlite/storage/otlp/metrics/stream_identity.h"

#include <xxhash.h>

#include <algorithm>
#include <vector>

#include "promlite/storage/otlp/key_part.h"

namespace promlite::internal {

void AppendAttributes(const Attributes& attributes, std::string* key) {
  std::vector<std::string> parts;
  for (const otlp::KeyValue& attribute : attributes) parts.push_back(attribute.SerializeAsString());
  std::sort(parts.begin(), parts.end());
  const uint64_t count = parts.size();
  key->append(reinterpret_cast<const char*>(&count), sizeof(count));
  for (const std::string& part : parts) AppendKeyPart(part, key);
}

uint64_t IdentityOf(const Attributes& attributes) {
  std::string key;
  AppendAttributes(attributes, &key);
  return XXH3_64bits(key.data(), key.size());
}

uint64_t IdentityOf(const otlp::InstrumentationScope& scope, std::string_view schema_url) {
  std::string key;
  AppendAttributes(scope.attributes(), &key);
  for (const std::string_view part :
       {std::string_view(scope.name()), std::string_view(scope.version()), schema_url}) {
    AppendKeyPart(part, &key);
  }
  return XXH3_64bits(key.data(), key.size());
}

uint64_t IdentityOfMetric(std::string_view name, std::string_view unit) {
  std::string key;
  AppendKeyPart(name, &key);
  AppendKeyPart(unit, &key);
  return XXH3_64bits(key.data(), key.size());
}

uint64_t JoinIdentities(std::initializer_list<uint64_t> identities) {
  return XXH3_64bits(identities.begin(), identities.size() * sizeof(uint64_t));
}

}  // namespace promlite::internal
