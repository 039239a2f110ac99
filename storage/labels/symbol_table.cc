#include "promlite/storage/labels/symbol_table.h"

#include <cstring>

#include "absl/hash/hash.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::internal {
namespace {

constexpr size_t kBlockBytes = 64 << 10;

uint64_t HashOf(std::string_view text) { return absl::HashOf(Absl(text)); }

}  // namespace

SymbolId SymbolTable::Intern(std::string_view text) {
  const uint64_t hash = HashOf(text);
  if (const auto found = index_.Find(hash, [&](uint32_t id) { return texts_[id] == text; })) {
    return SymbolId(*found);
  }
  const auto id = static_cast<uint32_t>(texts_.Add(Keep(text)));
  index_.Insert(hash, id, [this](uint32_t other) { return HashOf(texts_[other]); });
  return SymbolId(id);
}

std::optional<SymbolId> SymbolTable::Find(std::string_view text) const {
  const std::optional<uint32_t> found =
      index_.Find(HashOf(text), [&](uint32_t id) { return texts_[id] == text; });
  return found ? std::optional(SymbolId(*found)) : std::nullopt;
}

std::string_view SymbolTable::Keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > block_left_) {
    const size_t size = text.size() > kBlockBytes / 4 ? text.size() : kBlockBytes;
    blocks_.push_back(std::make_unique<char[]>(size));
    block_bytes_ += size;
    if (size != kBlockBytes) {
      // A long text has a block of its own; the common one goes on being filled.
      std::memcpy(blocks_.back().get(), text.data(), text.size());
      return {blocks_.back().get(), text.size()};
    }
    block_free_ = blocks_.back().get();
    block_left_ = size;
  }
  std::memcpy(block_free_, text.data(), text.size());
  const std::string_view kept(block_free_, text.size());
  block_free_ += text.size();
  block_left_ -= text.size();
  return kept;
}

size_t SymbolTable::allocated_bytes() const {
  return block_bytes_ + texts_.allocated_bytes() + memory_->allocated_bytes(MemoryUse::kSymbols);
}

}  // namespace promlite::internal
