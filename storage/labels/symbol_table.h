#ifndef PROMLITE_STORAGE_LABELS_SYMBOL_TABLE_H_
#define PROMLITE_STORAGE_LABELS_SYMBOL_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "promlite/storage/machine/ids.h"
#include "promlite/storage/machine/insert_only_index.h"
#include "promlite/storage/machine/stable_array.h"

namespace promlite::internal {

// One label, interned.
struct SymbolPair {
  SymbolId name;
  SymbolId value;

  friend bool operator==(const SymbolPair&, const SymbolPair&) = default;
};

// A label set: pairs sorted by the *text* of their names, no name twice, no empty value.
using SymbolPairs = std::span<const SymbolPair>;

// Strings, each kept once and numbered from 0 in the order of arrival. Nothing is ever removed and
// no text ever moves. One writer interns while any number of readers look up, without locks; a
// reader asks only for ids below the count that its version names, and ignores a found id at or
// above it.
class SymbolTable {
 public:
  explicit SymbolTable(VersionedMemory* memory)
      : memory_(memory), index_(memory, MemoryUse::kSymbols) {}

  // Writer only.
  SymbolId Intern(std::string_view text);
  uint32_t size() const { return static_cast<uint32_t>(texts_.size()); }

  std::optional<SymbolId> Find(std::string_view text) const;
  std::string_view Text(SymbolId id) const { return texts_[id.number()]; }

  // Writer only.
  size_t allocated_bytes() const;

 private:
  std::string_view Keep(std::string_view text);

  VersionedMemory* memory_;
  InsertOnlyIndex index_;
  StableArray<std::string_view> texts_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* block_free_ = nullptr;
  size_t block_left_ = 0;
  size_t block_bytes_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LABELS_SYMBOL_TABLE_H_
