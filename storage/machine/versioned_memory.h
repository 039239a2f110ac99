#ifndef PROMLITE_STORAGE_MACHINE_VERSIONED_MEMORY_H_
#define PROMLITE_STORAGE_MACHINE_VERSIONED_MEMORY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

namespace promlite::internal {

// What a block of memory is for, in the statistics.
enum class MemoryUse : uint8_t { kSymbols, kSeries, kPostings, kTimes, kValues };
inline constexpr size_t kMemoryUses = 5;

// The memory of a database of which readers hold versions while one writer prepares the next. What
// a published version can see never changes; the writer replaces it by a changed copy and releases
// the old block, which is freed when the last version that sees it is gone. What was allocated
// since the last version, nobody else sees: it may be changed in place, and is freed at once.
//
// Thread safety: Unpin() by anyone at any time; all the rest is for the writer.
class VersionedMemory {
 public:
  VersionedMemory() = default;
  ~VersionedMemory();
  VersionedMemory(const VersionedMemory&) = delete;
  VersionedMemory& operator=(const VersionedMemory&) = delete;

  // Uninitialised, aligned for any scalar. Throws std::bad_alloc.
  void* Allocate(size_t bytes, MemoryUse use);
  // Null is fine. Retire() is for what readers reach from older versions too, through an atomic
  // pointer: that is kept until all versions before the next one are gone.
  void Release(void* block);
  void Retire(void* block);

  // Whether the writer may change the block in place: no version sees it.
  bool IsPrivate(const void* block) const { return HeaderOf(block)->epoch == epoch_; }
  // As asked for.
  static size_t Bytes(const void* block) { return HeaderOf(block)->bytes; }

  // Ends a version and begins the next; the one that has ended is pinned. Returns its number.
  uint64_t PublishAndPin();
  // No reader holds version `epoch` any more.
  void Unpin(uint64_t epoch);

  // Bytes in blocks that the newest state consists of, by use.
  size_t allocated_bytes(MemoryUse use) const { return allocated_[static_cast<size_t>(use)]; }
  // Bytes in blocks that only older versions see.
  size_t retired_bytes() const;

 private:
  struct alignas(16) Header {
    uint64_t epoch : 56;
    uint64_t use : 8;
    uint64_t bytes;
  };
  using Blocks = std::vector<void*>;

  static const Header* HeaderOf(const void* block) { return static_cast<const Header*>(block) - 1; }
  static Header* HeaderOf(void* block) { return static_cast<Header*>(block) - 1; }
  static void Free(void* block);

  // Takes out of `blocks`, all retired when version `retired` was being written, those that no
  // pinned version sees. REQUIRES: mutex_ is held.
  Blocks TakeUnseen(uint64_t retired, Blocks* blocks) const;

  uint64_t epoch_ = 1;
  std::array<size_t, kMemoryUses> allocated_{};
  Blocks retiring_;  // since the last version

  mutable std::mutex mutex_;
  std::map<uint64_t, size_t> pins_;     // guarded by mutex_: readers by version
  std::map<uint64_t, Blocks> retired_;  // guarded by mutex_: by the first version without them
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_MACHINE_VERSIONED_MEMORY_H_
