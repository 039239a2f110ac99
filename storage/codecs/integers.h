#ifndef PROMLITE_STORAGE_CODECS_INTEGERS_H_
#define PROMLITE_STORAGE_CODECS_INTEGERS_H_

#include "promlite/storage/codecs/codec.h"

namespace promlite::internal {

// Whole numbers by frame of reference: the smallest, and how far above it each one lies.
//
//  +---------+------------+------------+-----+
//  | minimum | distance 0 | distance 1 | ... |   int64, then unsigned integers of one width
//  +---------+------------+------------+-----+
//
// One codec for each width, so that decoding is one loop without a branch. Encodes integers of a
// magnitude up to 2^53 (-0 is none) that lie close enough together.
extern const Codec kIntegers8;
extern const Codec kIntegers16;
extern const Codec kIntegers32;

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CODECS_INTEGERS_H_
