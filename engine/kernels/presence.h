#ifndef PROMLITE_ENGINE_KERNELS_PRESENCE_H_
#define PROMLITE_ENGINE_KERNELS_PRESENCE_H_

#include <cstddef>
#include <cstdint>

namespace promlite::internal {

// The presence bits of a row from step `first` on.
struct PresenceRow {
  uint64_t* bits = nullptr;
  size_t first = 0;
};

// Sets the bits of a row one step after the other. They are collected in a register: setting each
// in memory would wait for the one before.
class PresenceWriter {
 public:
  explicit PresenceWriter(PresenceRow row) : bits_(row.bits), at_(row.first) {}
  PresenceWriter(const PresenceWriter&) = delete;
  PresenceWriter& operator=(const PresenceWriter&) = delete;
  ~PresenceWriter() {
    if (at_ % 64 != 0) bits_[at_ / 64] |= word_;
  }

  void Next(bool present) {
    word_ |= uint64_t{present} << (at_ % 64);
    if (++at_ % 64 != 0) return;
    bits_[at_ / 64 - 1] |= word_;
    word_ = 0;
  }

 private:
  uint64_t* const bits_;
  size_t at_;
  uint64_t word_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_PRESENCE_H_
