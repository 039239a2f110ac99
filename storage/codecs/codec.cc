#include "promlite/storage/codecs/codec.h"

#include <iterator>

#include "promlite/storage/codecs/arithmetic.h"
#include "promlite/storage/codecs/constant.h"
#include "promlite/storage/codecs/integers.h"
#include "promlite/storage/codecs/raw.h"

namespace promlite::internal {
namespace {

constexpr Codec kCodecs[] = {kRaw, kConstant, kArithmetic, kIntegers8, kIntegers16, kIntegers32};

constexpr bool EachStandsAtItsNumber() {
  for (size_t i = 0; i < std::size(kCodecs); ++i) {
    if (kCodecs[i].id != static_cast<CodecId>(i)) return false;
  }
  return true;
}
static_assert(EachStandsAtItsNumber());

}  // namespace

std::span<const Codec> Codecs() { return kCodecs; }

std::optional<CodecId> FindCodec(std::string_view name) {
  for (const Codec& codec : kCodecs) {
    if (codec.name == name) return codec.id;
  }
  return std::nullopt;
}

ValueAnalysis Analyze(const double* values, size_t count) {
  ValueAnalysis analysis{.values = values, .count = count};
  FindConstant(&analysis);
  FindProgression(&analysis);
  FindIntegers(&analysis);
  return analysis;
}

CodecChoice ChooseCodec(const ValueAnalysis& values, std::optional<CodecId> forced) {
  if (forced) {
    const size_t bytes = CodecOf(*forced).encoded_size(values);
    if (bytes != Codec::kNotEncodable) return {*forced, bytes};
    return {CodecId::kRaw, kRaw.encoded_size(values)};
  }
  CodecChoice best{CodecId::kRaw, Codec::kNotEncodable};
  for (const Codec& codec : kCodecs) {
    const size_t bytes = codec.encoded_size(values);
    if (bytes < best.encoded_bytes) best = {codec.id, bytes};
  }
  return best;
}

}  // namespace promlite::internal
