#include "promlite/storage/machine/versioned_memory.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace promlite::internal {

VersionedMemory::~VersionedMemory() {
  for (void* block : retiring_) Free(block);
  for (const auto& [version, blocks] : retired_) {
    for (void* block : blocks) Free(block);
  }
}

void* VersionedMemory::Allocate(size_t bytes, MemoryUse use) {
  auto* header = static_cast<Header*>(::operator new(sizeof(Header) + bytes));
  header->epoch = epoch_;
  header->use = static_cast<uint64_t>(use);
  header->bytes = bytes;
  allocated_[static_cast<size_t>(use)] += sizeof(Header) + bytes;
  return header + 1;
}

void VersionedMemory::Release(void* block) {
  if (block == nullptr) return;
  Header* header = HeaderOf(block);
  allocated_[header->use] -= sizeof(Header) + header->bytes;
  if (IsPrivate(block)) {
    Free(block);
  } else {
    retiring_.push_back(block);
  }
}

void VersionedMemory::Retire(void* block) {
  if (block == nullptr) return;
  Header* header = HeaderOf(block);
  allocated_[header->use] -= sizeof(Header) + header->bytes;
  header->epoch = 0;
  retiring_.push_back(block);
}

void VersionedMemory::Free(void* block) { ::operator delete(HeaderOf(block)); }

VersionedMemory::Blocks VersionedMemory::TakeUnseen(uint64_t retired, Blocks* blocks) const {
  // A block is seen by the versions from the one it was allocated for to the last before it was
  // retired; so the newest pinned version before that decides.
  const auto next_pin = pins_.lower_bound(retired);
  if (next_pin == pins_.begin()) return std::exchange(*blocks, {});
  const uint64_t newest_pin = std::prev(next_pin)->first;
  const auto seen = std::partition(blocks->begin(), blocks->end(), [&](const void* block) {
    return HeaderOf(block)->epoch <= newest_pin;
  });
  Blocks unseen(seen, blocks->end());
  blocks->erase(seen, blocks->end());
  return unseen;
}

uint64_t VersionedMemory::PublishAndPin() {
  Blocks unseen;
  {
    const std::lock_guard lock(mutex_);
    unseen = TakeUnseen(epoch_, &retiring_);
    if (!retiring_.empty()) retired_.emplace(epoch_, std::move(retiring_));
    ++pins_[epoch_];
  }
  for (void* block : unseen) Free(block);
  retiring_ = {};
  return epoch_++;
}

void VersionedMemory::Unpin(uint64_t epoch) {
  std::vector<Blocks> unseen;
  {
    const std::lock_guard lock(mutex_);
    const auto pin = pins_.find(epoch);
    if (--pin->second > 0) return;
    const auto next_pin = pins_.erase(pin);
    // What was retired up to the next pinned version may now be unseen; the rest it sees itself.
    auto retired = retired_.upper_bound(epoch);
    while (retired != retired_.end() &&
           (next_pin == pins_.end() || retired->first <= next_pin->first)) {
      unseen.push_back(TakeUnseen(retired->first, &retired->second));
      retired = retired->second.empty() ? retired_.erase(retired) : std::next(retired);
    }
  }
  for (const Blocks& blocks : unseen) {
    for (void* block : blocks) Free(block);
  }
}

size_t VersionedMemory::retired_bytes() const {
  const std::lock_guard lock(mutex_);
  size_t bytes = 0;
  const auto count = [&](const Blocks& blocks) {
    for (const void* block : blocks) bytes += sizeof(Header) + HeaderOf(block)->bytes;
  };
  count(retiring_);
  for (const auto& [version, blocks] : retired_) count(blocks);
  return bytes;
}

}  // namespace promlite::internal
