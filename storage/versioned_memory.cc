#include "promlite/storage/versioned_memory.h"

#include <new>
#include <utility>

namespace promlite::internal {

VersionedMemory::~VersionedMemory() {
  for (void* block : retiring_.blocks) Free(block);
  for (const Retired& retired : retired_) {
    for (void* block : retired.blocks) Free(block);
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
  if (!IsPrivate(block)) {
    Retire(block);
    return;
  }
  const Header& header = *HeaderOf(block);
  allocated_[header.use] -= sizeof(Header) + header.bytes;
  Free(block);
}

void VersionedMemory::Retire(void* block) {
  if (block == nullptr) return;
  const Header& header = *HeaderOf(block);
  const size_t bytes = sizeof(Header) + header.bytes;
  allocated_[header.use] -= bytes;
  retiring_.blocks.push_back(block);
  retiring_.bytes += bytes;
}

void VersionedMemory::Free(void* block) { ::operator delete(static_cast<Header*>(block) - 1); }

uint64_t VersionedMemory::PublishAndPin() {
  std::vector<std::vector<void*>> unseen;
  {
    const std::lock_guard lock(mutex_);
    ++pins_[epoch_];
    if (!retiring_.blocks.empty()) retired_.push_back(std::move(retiring_));
    unseen = TakeUnseen();
  }
  for (const auto& blocks : unseen) {
    for (void* block : blocks) Free(block);
  }
  const uint64_t published = epoch_++;
  retiring_ = Retired{epoch_, {}, 0};
  return published;
}

void VersionedMemory::Unpin(uint64_t epoch) {
  std::vector<std::vector<void*>> unseen;
  {
    const std::lock_guard lock(mutex_);
    const auto pin = pins_.find(epoch);
    if (--pin->second == 0) pins_.erase(pin);
    unseen = TakeUnseen();
  }
  for (const auto& blocks : unseen) {
    for (void* block : blocks) Free(block);
  }
}

std::vector<std::vector<void*>> VersionedMemory::TakeUnseen() {
  std::vector<std::vector<void*>> unseen;
  while (!retired_.empty() && (pins_.empty() || pins_.begin()->first >= retired_.front().epoch)) {
    unseen.push_back(std::move(retired_.front().blocks));
    retired_.pop_front();
  }
  return unseen;
}

size_t VersionedMemory::retired_bytes() const {
  const std::lock_guard lock(mutex_);
  size_t bytes = retiring_.bytes;
  for (const Retired& retired : retired_) bytes += retired.bytes;
  return bytes;
}

}  // namespace promlite::internal
