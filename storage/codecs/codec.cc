#include "promlite/storage/codecs/codec.h"

#include "promlite/storage/codecs/arithmetic.h"
#include "promlite/storage/codecs/constant.h"
#include "promlite/storage/codecs/integers.h"
#include "promlite/storage/codecs/raw.h"

namespace promlite::internal {

std::span<const Codec> Codecs() {
  static const Codec kCodecs[] = {kRaw,       kConstant,   kArithmetic,
                                  kIntegers8, kIntegers16, kIntegers32};
  static_assert(kRawCodec == 0);
  return kCodecs;
}

CodecId ChooseCodec(const double* values, size_t count) {
  CodecId best = kRawCodec;
  size_t best_size = Codec::kNotEncodable;
  const std::span<const Codec> codecs = Codecs();
  for (size_t id = 0; id < codecs.size(); ++id) {
    const size_t size = codecs[id].encoded_size(values, count);
    if (size < best_size) {
      best = static_cast<CodecId>(id);
      best_size = size;
    }
  }
  return best;
}

}  // namespace promlite::internal
