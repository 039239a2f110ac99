#ifndef PROMLITE_STORAGE_OTLP_KEY_PART_H_
#define PROMLITE_STORAGE_OTLP_KEY_PART_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace promlite::internal {

// Appends a part to a key in memory, behind its length, so that no two keys run into each other.
inline void AppendKeyPart(std::string_view part, std::string* key) {
  const uint64_t size = part.size();
  key->append(reinterpret_cast<const char*>(&size), sizeof(size));
  key->append(part);
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_KEY_PART_H_
