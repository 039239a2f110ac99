#ifndef PROMLITE_STORAGE_INSERT_ONLY_INDEX_H_
#define PROMLITE_STORAGE_INSERT_ONLY_INDEX_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace promlite::internal {

// A hash table of numbers from which nothing is ever removed: open addressing, linear probing. One
// writer inserts while any number of readers look up, without locks. What a number stands for (its
// key) is kept elsewhere, in memory that is complete before the number is inserted; the caller
// hands in hashes and comparisons. A reader may also find what was inserted after the version that
// it looks at, and leaves it aside (it compares the number with the version's count).
class InsertOnlyIndex {
 public:
  InsertOnlyIndex() { Replace(kFirstCapacity); }

  // The number for which `equals(number)` holds, among those inserted with this hash.
  template <typename Equals>
  std::optional<uint32_t> Find(uint64_t hash, const Equals& equals) const {
    const Table& table = *table_.load(std::memory_order_acquire);
    for (size_t i = Slot(hash, table);; i = (i + 1) & table.mask) {
      const uint32_t entry = table.slots[i].load(std::memory_order_acquire);
      if (entry == 0) return std::nullopt;
      if (equals(entry - 1)) return entry - 1;
    }
  }

  // Writer only. REQUIRES: not in the table yet; number < 2^32 - 1. `hash_of(number)` must be able
  // to hash every number in the table again.
  template <typename HashOf>
  void Insert(uint64_t hash, uint32_t number, const HashOf& hash_of) {
    const Table* table = table_.load(std::memory_order_relaxed);
    if ((size_ + 1) * 4 > (table->mask + 1) * 3) {
      const Table& old = *table;
      table = Replace((old.mask + 1) * 2, [&](Table* grown) {
        for (size_t i = 0; i <= old.mask; ++i) {
          const uint32_t entry = old.slots[i].load(std::memory_order_relaxed);
          if (entry != 0) Put(hash_of(entry - 1), entry, grown);
        }
      });
    }
    Put(hash, number + 1, table);
    ++size_;
  }

  size_t size() const { return size_; }

  size_t allocated_bytes() const {
    size_t bytes = 0;
    for (const auto& table : tables_) bytes += (table->mask + 1) * sizeof(uint32_t);
    return bytes;
  }

 private:
  static constexpr size_t kFirstCapacity = 64;

  struct Table {
    size_t mask = 0;
    std::unique_ptr<std::atomic<uint32_t>[]> slots;  // number + 1; 0 = free
  };

  static size_t Slot(uint64_t hash, const Table& table) {
    return static_cast<size_t>(hash ^ (hash >> 32)) & table.mask;
  }

  static void Put(uint64_t hash, uint32_t entry, const Table* table) {
    size_t i = Slot(hash, *table);
    while (table->slots[i].load(std::memory_order_relaxed) != 0) i = (i + 1) & table->mask;
    table->slots[i].store(entry, std::memory_order_release);
  }

  const Table* Replace(size_t capacity) {
    return Replace(capacity, [](Table*) {});
  }
  template <typename Fill>
  const Table* Replace(size_t capacity, const Fill& fill) {
    auto table = std::make_unique<Table>();
    table->mask = capacity - 1;
    table->slots.reset(new std::atomic<uint32_t>[capacity]());
    fill(table.get());
    table_.store(table.get(), std::memory_order_release);
    tables_.push_back(std::move(table));
    return tables_.back().get();
  }

  std::atomic<const Table*> table_;
  // Readers may still be in outgrown tables, so they stay: together they are as large as the last.
  std::vector<std::unique_ptr<Table>> tables_;
  size_t size_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_INSERT_ONLY_INDEX_H_
