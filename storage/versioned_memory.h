#ifndef PROMLITE_STORAGE_VERSIONED_MEMORY_H_
#define PROMLITE_STORAGE_VERSIONED_MEMORY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
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
  // Null is fine. Retire() is for what readers may see although no version has been published since
  // it was allocated: it is never freed at once.
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
  struct Retired {
    uint64_t epoch;  // versions before this one see the blocks
    std::vector<void*> blocks;
    size_t bytes = 0;
  };

  static const Header* HeaderOf(const void* block) { return static_cast<const Header*>(block) - 1; }
  static void Free(void* block);

  // Takes out what no pinned version sees. REQUIRES: mutex_ is held.
  std::vector<std::vector<void*>> TakeUnseen();

  uint64_t epoch_ = 1;
  std::array<size_t, kMemoryUses> allocated_{};
  Retired retiring_{1, {}, 0};

  mutable std::mutex mutex_;
  std::map<uint64_t, size_t> pins_;  // guarded by mutex_
  std::deque<Retired> retired_;      // guarded by mutex_; ascending epochs
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_VERSIONED_MEMORY_H_
