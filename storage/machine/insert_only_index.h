#ifndef PROMLITE_STORAGE_MACHINE_INSERT_ONLY_INDEX_H_
#define PROMLITE_STORAGE_MACHINE_INSERT_ONLY_INDEX_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>

#include "promlite/storage/machine/versioned_memory.h"

namespace promlite::internal {

// A hash table of numbers from which nothing is ever removed: open addressing, linear probing. One
// writer inserts while any number of readers look up, without locks. What a number stands for (its
// key) is kept elsewhere, in memory that is complete before the number is inserted; the caller
// hands in hashes and comparisons. A reader may also find what was inserted after the version that
// it looks at, and leaves it aside (it compares the number with the version's count).
class InsertOnlyIndex {
 public:
  InsertOnlyIndex(VersionedMemory* memory, MemoryUse use) : memory_(memory), use_(use) {
    table_.store(MakeTable(kFirstCapacity), std::memory_order_release);
  }
  ~InsertOnlyIndex() { memory_->Release(table_.load(std::memory_order_relaxed)); }
  InsertOnlyIndex(const InsertOnlyIndex&) = delete;
  InsertOnlyIndex& operator=(const InsertOnlyIndex&) = delete;

  // The number for which `equals(number)` holds, among those inserted with this hash.
  template <typename Equals>
  std::optional<uint32_t> Find(uint64_t hash, const Equals& equals) const {
    const Table& table = *table_.load(std::memory_order_acquire);
    for (size_t i = Slot(hash, table);; i = (i + 1) & table.mask) {
      const uint32_t entry = table.slots()[i].load(std::memory_order_acquire);
      if (entry == 0) return std::nullopt;
      if (equals(entry - 1)) return entry - 1;
    }
  }

  // Writer only. REQUIRES: not in the table yet; number < 2^32 - 1. `hash_of(number)` must be able
  // to hash every number in the table again.
  template <typename HashOf>
  void Insert(uint64_t hash, uint32_t number, const HashOf& hash_of) {
    Table* table = table_.load(std::memory_order_relaxed);
    if ((size_ + 1) * 4 > (table->mask + 1) * 3) table = Grow(table, hash_of);
    Put(hash, number + 1, table);
    ++size_;
  }

  size_t size() const { return size_; }

 private:
  static constexpr size_t kFirstCapacity = 64;

  using Slots = std::atomic<uint32_t>;  // number + 1; 0 = free

  // Followed by its slots.
  struct Table {
    size_t mask;

    Slots* slots() { return reinterpret_cast<Slots*>(this + 1); }
    const Slots* slots() const { return reinterpret_cast<const Slots*>(this + 1); }
  };

  static size_t Slot(uint64_t hash, const Table& table) {
    return static_cast<size_t>(hash ^ (hash >> 32)) & table.mask;
  }

  static void Put(uint64_t hash, uint32_t entry, Table* table) {
    size_t i = Slot(hash, *table);
    while (table->slots()[i].load(std::memory_order_relaxed) != 0) i = (i + 1) & table->mask;
    table->slots()[i].store(entry, std::memory_order_release);
  }

  Table* MakeTable(size_t capacity) {
    void* block = memory_->Allocate(sizeof(Table) + capacity * sizeof(Slots), use_);
    auto* table = ::new (block) Table{capacity - 1};
    std::uninitialized_value_construct_n(table->slots(), capacity);
    return table;
  }

  template <typename HashOf>
  Table* Grow(Table* old, const HashOf& hash_of) {
    Table* grown = MakeTable((old->mask + 1) * 2);
    for (size_t i = 0; i <= old->mask; ++i) {
      const uint32_t entry = old->slots()[i].load(std::memory_order_relaxed);
      if (entry != 0) Put(hash_of(entry - 1), entry, grown);
    }
    table_.store(grown, std::memory_order_release);
    memory_->Retire(old);
    return grown;
  }

  VersionedMemory* memory_;
  MemoryUse use_;
  std::atomic<Table*> table_;
  size_t size_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_MACHINE_INSERT_ONLY_INDEX_H_
