#ifndef PROMLITE_ENGINE_KERNELS_PRESENCE_H_
#define PROMLITE_ENGINE_KERNELS_PRESENCE_H_

#include <cstddef>
#include <cstdint>

namespace promlite::internal {

// The presence bits of a row from step `first` on: a kernel's step i is bit first + i.
struct PresenceRow {
  uint64_t* bits = nullptr;
  size_t first = 0;

  void Set(size_t i) const { bits[(first + i) / 64] |= uint64_t{1} << ((first + i) % 64); }
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_PRESENCE_H_
