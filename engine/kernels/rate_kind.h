#ifndef PROMLITE_ENGINE_KERNELS_RATE_KIND_H_
#define PROMLITE_ENGINE_KERNELS_RATE_KIND_H_

namespace promlite::internal {

// Which of the functions that tell how far a series went. Rate and increase take it for a counter,
// whose drops are resets; rate divides by the range.
enum class RateKind { kRate, kIncrease, kDelta };

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_RATE_KIND_H_
