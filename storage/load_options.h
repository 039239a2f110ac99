#ifndef PROMLITE_STORAGE_LOAD_OPTIONS_H_
#define PROMLITE_STORAGE_LOAD_OPTIONS_H_

#include <cstdint>
#include <functional>

namespace promlite {

// Options of one Database::LoadFile().
struct LoadOptions {
  // Called now and then with the bytes of the file that have been read, and their number in all;
  // the last call of a file that could be read has done == total.
  std::function<void(uint64_t done, uint64_t total)> progress;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_LOAD_OPTIONS_H_
