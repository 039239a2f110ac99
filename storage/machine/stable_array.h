#ifndef PROMLITE_STORAGE_MACHINE_STABLE_ARRAY_H_
#define PROMLITE_STORAGE_MACHINE_STABLE_ARRAY_H_

#include <array>
#include <bit>
#include <cstddef>
#include <memory>
#include <utility>

namespace promlite::internal {

// An array that only grows, and whose elements never move: segments of 64, 64, 128, 256, ...
// elements. One writer adds; any number of readers may read elements whose being added happened
// before (that is, those counted in the version that they look at), without locks.
template <typename T>
class StableArray {
 public:
  size_t size() const { return size_; }

  const T& operator[](size_t index) const {
    const auto [segment, offset] = Locate(index);
    return segments_[segment][offset];
  }
  T& operator[](size_t index) {
    const auto [segment, offset] = Locate(index);
    return segments_[segment][offset];
  }

  // Writer only. Both return the new element's index.
  size_t Add(T value) {
    const size_t index = AddDefault();
    (*this)[index] = std::move(value);
    return index;
  }
  size_t AddDefault() {
    const size_t segment = Locate(size_).first;
    if (segments_[segment] == nullptr) segments_[segment].reset(new T[SegmentSize(segment)]());
    return size_++;
  }

  size_t allocated_bytes() const {
    size_t elements = 0;
    for (size_t i = 0; i < segments_.size() && segments_[i] != nullptr; ++i) {
      elements += SegmentSize(i);
    }
    return elements * sizeof(T);
  }

 private:
  static constexpr size_t kFirstBits = 6;

  static constexpr size_t SegmentSize(size_t segment) {
    return segment == 0 ? size_t{1} << kFirstBits : size_t{1} << (kFirstBits + segment - 1);
  }
  static constexpr std::pair<size_t, size_t> Locate(size_t index) {
    const auto segment = static_cast<size_t>(std::bit_width(index >> kFirstBits));
    return {segment, segment == 0 ? index : index - SegmentSize(segment)};
  }

  std::array<std::unique_ptr<T[]>, 40> segments_;
  size_t size_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_MACHINE_STABLE_ARRAY_H_
