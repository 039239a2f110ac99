#ifndef PROMLITE_BENCH_DATABASES_H_
#define PROMLITE_BENCH_DATABASES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "promlite/bench/claude_code_data.h"
#include "promlite/storage/database.h"

namespace promlite::bench {

// A database of a generated day.
struct LoadedDay {
  std::unique_ptr<Database> database;
  DataShape shape;
  size_t series = 0;
  size_t samples = 0;
};

// Sessions at 60 s, made once for each number of them.
const LoadedDay& SessionDay(size_t sessions);

// Series that live all day at 15 s, made once for each number of them.
const LoadedDay& DenseDay(size_t series);

}  // namespace promlite::bench

#endif  // PROMLITE_BENCH_DATABASES_H_
