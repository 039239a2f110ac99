#ifndef PROMLITE_STORAGE_HEAD_H_
#define PROMLITE_STORAGE_HEAD_H_

#include <memory>

#include "promlite/storage/appender.h"
#include "promlite/storage/snapshot.h"

namespace promlite::internal {

// The in-memory database proper: series, streams, columns. Thread-safe: any number of readers, one
// writer at a time (further ones wait); neither kind waits for the other.
class Head {
 public:
  Head();
  ~Head();
  Head(const Head&) = delete;
  Head& operator=(const Head&) = delete;

  std::unique_ptr<Appender> StartAppend();
  void Publish();
  std::shared_ptr<const Snapshot> TakeSnapshot() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_HEAD_H_
