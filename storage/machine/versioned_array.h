#ifndef PROMLITE_STORAGE_MACHINE_VERSIONED_ARRAY_H_
#define PROMLITE_STORAGE_MACHINE_VERSIONED_ARRAY_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>
#include <type_traits>

#include "promlite/storage/machine/versioned_memory.h"

namespace promlite::internal {

// A growing array of plain records, of which each published version keeps its own contents at the
// price of the pages that change:
//
//     root: nodes[]  ->  node: 256 pages  ->  page: 64 records
//
// A page that a version sees is copied before its first change. Adding a record copies nothing: no
// version looks beyond the size that it had.
template <typename T>
class VersionedArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  static constexpr size_t kPageBits = 6;
  static constexpr size_t kNodeBits = 8;
  static constexpr size_t kPageSize = size_t{1} << kPageBits;
  static constexpr size_t kNodeSize = size_t{1} << kNodeBits;

  struct Page {
    T records[kPageSize];
  };
  struct Node {
    Page* pages[kNodeSize];
  };

 public:
  // The records as one version sees them. As long as that version is pinned.
  class View {
   public:
    View() = default;
    const T& operator[](size_t index) const {
      return nodes_[index >> (kPageBits + kNodeBits)]
          ->pages[(index >> kPageBits) % kNodeSize]
          ->records[index % kPageSize];
    }

   private:
    friend VersionedArray;
    explicit View(Node* const* nodes) : nodes_(nodes) {}
    Node* const* nodes_ = nullptr;
  };

  VersionedArray(VersionedMemory* memory, MemoryUse use) : memory_(memory), use_(use) {}
  VersionedArray(const VersionedArray&) = delete;
  VersionedArray& operator=(const VersionedArray&) = delete;
  ~VersionedArray() {
    const size_t pages = (size_ + kPageSize - 1) >> kPageBits;
    for (size_t page = 0; page < pages; ++page) {
      memory_->Release(nodes_[page >> kNodeBits]->pages[page % kNodeSize]);
    }
    for (size_t node = 0; node << kNodeBits < pages; ++node) memory_->Release(nodes_[node]);
    memory_->Release(nodes_);
  }

  size_t size() const { return size_; }
  const T& operator[](size_t index) const { return View(nodes_)[index]; }
  View view() const { return View(nodes_); }

  // The record, to be changed. Valid until the next version is published.
  T* Mutable(size_t index) {
    Page*& page = nodes_[index >> (kPageBits + kNodeBits)]->pages[(index >> kPageBits) % kNodeSize];
    if (memory_->IsPrivate(page)) return &page->records[index % kPageSize];
    return &PrivatePage(index)->records[index % kPageSize];
  }

  size_t Add(const T& record) {
    const size_t index = size_;
    const size_t node = index >> (kPageBits + kNodeBits);
    if (index % kPageSize == 0) {
      if (index % (kPageSize * kNodeSize) == 0) {
        if (node == node_capacity_) GrowRoot();
        nodes_[node] = static_cast<Node*>(memory_->Allocate(sizeof(Node), use_));
      }
      nodes_[node]->pages[(index >> kPageBits) % kNodeSize] =
          static_cast<Page*>(memory_->Allocate(sizeof(Page), use_));
    }
    ::new (&nodes_[node]->pages[(index >> kPageBits) % kNodeSize]->records[index % kPageSize])
        T(record);
    return size_++;
  }

 private:
  template <typename Block>
  Block* Copy(Block* block) {
    auto* copy = static_cast<Block*>(memory_->Allocate(memory_->Bytes(block), use_));
    std::memcpy(static_cast<void*>(copy), block, memory_->Bytes(block));
    memory_->Release(block);
    return copy;
  }

  Page* PrivatePage(size_t index) {
    if (!memory_->IsPrivate(nodes_)) nodes_ = Copy(nodes_);
    Node*& node = nodes_[index >> (kPageBits + kNodeBits)];
    if (!memory_->IsPrivate(node)) node = Copy(node);
    Page*& page = node->pages[(index >> kPageBits) % kNodeSize];
    page = Copy(page);
    return page;
  }

  void GrowRoot() {
    const size_t capacity = std::max<size_t>(4, node_capacity_ * 2);
    auto** grown = static_cast<Node**>(memory_->Allocate(capacity * sizeof(Node*), use_));
    if (nodes_ != nullptr) std::memcpy(grown, nodes_, node_capacity_ * sizeof(Node*));
    memory_->Release(nodes_);
    nodes_ = grown;
    node_capacity_ = capacity;
  }

  VersionedMemory* memory_;
  MemoryUse use_;
  Node** nodes_ = nullptr;
  size_t node_capacity_ = 0;
  size_t size_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_MACHINE_VERSIONED_ARRAY_H_
