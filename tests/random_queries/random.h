#ifndef PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_H_
#define PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace promlite::random_queries {

// Choices that follow from a seed alone, on every machine.
class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed * 0x9e3779b97f4a7c15 + 1) {}

  // 0 ... bound - 1; REQUIRES: bound > 0.
  uint64_t Below(uint64_t bound) { return engine_() % bound; }
  bool OneIn(uint64_t chances) { return Below(chances) == 0; }
  // 0 <= fraction < 1.
  double Fraction() { return static_cast<double>(engine_() >> 11) / 9007199254740992.0; }

  template <typename T>
  const T& Of(const std::vector<T>& choices) {
    return choices[Below(choices.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace promlite::random_queries

#endif  // PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_H_
