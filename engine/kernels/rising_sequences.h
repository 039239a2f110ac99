#ifndef PROMLITE_ENGINE_KERNELS_RISING_SEQUENCES_H_
#define PROMLITE_ENGINE_KERNELS_RISING_SEQUENCES_H_

#include <cstddef>
#include <span>

namespace promlite::internal {

// The fewest sequences that never fall into which values can be dealt in their order: as many
// counters as it takes, at the least, to write these values without any reset. A value goes to the
// sequence whose last one is the largest not above it, as in patience sorting, which needs as many
// sequences as the longest falling subsequence has values (Dilworth's theorem). By this the sum of
// the sequences' last values is the least possible; by the same backwards, the sum of their first
// ones the largest.
struct RisingSequences {
  size_t sequences = 0;
  double last = 0;     // the sum of their last values, the least possible
  double first = 0;    // the sum of their first values, the largest possible
  double largest = 0;  // of all values
  size_t drops = 0;    // values below the one before them
  size_t returns = 0;  // drops to where another sequence stood, that begin none
  // Rises to where another sequence stood: to less than half of the rise above it, and higher than
  // any step of a sequence, but for as many as there are further sequences, since the first value
  // of one that stands above the others looks like a step of theirs.
  size_t rises = 0;

  // Steps up that reach or pass a value from which an earlier one dropped. Of a counter that began
  // anew they are steps as others, and end anywhere behind that value; of several that take turns
  // they are leaps, and end where that one went on.
  size_t leaps = 0;
  double overshoot = 0;  // how far they end behind it, in parts of the step: the sum
  size_t climbs = 0;     // the steps up between the drop and the leap, of half its size or more

  // Whether values return to where others stood, as those of several writers do that take turns. A
  // counter that begins anew may do so too, by chance.
  bool TakeTurns() const;
};

// No value may be NaN.
RisingSequences CoverByRisingSequences(std::span<const double> values);

// The same of the values' cover; those that never go down are looked at once only.
bool TakeTurns(std::span<const double> values);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_RISING_SEQUENCES_H_
