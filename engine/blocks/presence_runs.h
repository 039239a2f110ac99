#ifndef PROMLITE_ENGINE_BLOCKS_PRESENCE_RUNS_H_
#define PROMLITE_ENGINE_BLOCKS_PRESENCE_RUNS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace promlite::internal {

// Calls visit(first, last) for every longest run of present steps within [begin, end), in order.
// What works on such runs needs to look at no bit itself.
template <typename Visit>
void ForEachRun(const uint64_t* presence, size_t begin, size_t end, Visit visit) {
  size_t step = begin;
  while (step < end) {
    const uint64_t ahead = presence[step / 64] >> (step % 64);
    if (ahead == 0) {
      step = (step / 64 + 1) * 64;
      continue;
    }
    step += static_cast<size_t>(std::countr_zero(ahead));
    if (step >= end) return;
    size_t last = step;
    while (last < end) {
      const uint64_t gaps = ~presence[last / 64] >> (last % 64);
      if (gaps != 0) {
        last += static_cast<size_t>(std::countr_zero(gaps));
        break;
      }
      last = (last / 64 + 1) * 64;
    }
    last = std::min(last, end);
    visit(step, last);
    step = last;
  }
}

// Calls visit(word, mask) for the presence words of the steps [begin, end), with the bits of these
// steps set in the mask.
template <typename Visit>
void ForEachWord(size_t begin, size_t end, Visit visit) {
  if (begin >= end) return;
  const size_t first_word = begin / 64, last_word = (end - 1) / 64;
  for (size_t word = first_word; word <= last_word; ++word) {
    uint64_t mask = ~uint64_t{0};
    if (word == first_word) mask &= ~uint64_t{0} << (begin % 64);
    if (word == last_word && end % 64 != 0) mask &= ~uint64_t{0} >> (64 - end % 64);
    visit(word, mask);
  }
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_BLOCKS_PRESENCE_RUNS_H_
