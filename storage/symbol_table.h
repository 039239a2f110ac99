#ifndef PROMLITE_STORAGE_SYMBOL_TABLE_H_
#define PROMLITE_STORAGE_SYMBOL_TABLE_H_

#include <cstdint>
#include <span>

namespace promlite::internal {

// The number of an interned string (a label name or a label value).
using SymbolId = uint32_t;

// One label, interned.
struct SymbolPair {
  SymbolId name = 0;
  SymbolId value = 0;

  friend bool operator==(const SymbolPair&, const SymbolPair&) = default;
};

// A label set: pairs sorted by the *text* of their names, no name twice, no empty value.
using SymbolPairs = std::span<const SymbolPair>;

// (The storage helper adds the table itself: append-only, stable string_views, readable while a
// writer adds.)

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_SYMBOL_TABLE_H_
