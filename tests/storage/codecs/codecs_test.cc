#include "promlite/storage/codecs/codec.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/streams/chunk.h"

namespace promlite::internal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<uint64_t> BitsOf(const std::vector<double>& values) {
  std::vector<uint64_t> bits;
  for (const double value : values) bits.push_back(std::bit_cast<uint64_t>(value));
  return bits;
}

std::map<std::string, std::vector<double>> ValueSets() {
  std::map<std::string, std::vector<double>> sets;
  sets["one"] = {3.5};
  sets["constant"] = std::vector<double>(100, 0.1);
  sets["minus zeros"] = {-0.0, -0.0, -0.0};
  sets["both zeros"] = {0.0, -0.0, 0.0};
  sets["nan"] = std::vector<double>(5, std::numeric_limits<double>::quiet_NaN());
  sets["infinities"] = {kInfinity, kInfinity, -kInfinity};
  sets["largest integers"] = {9007199254740992.0, 9007199254740991.0, 9007199254740990.0};
  sets["beyond integers"] = {9007199254740994.0, 9007199254740992.0};
  sets["smallest integers"] = {-9007199254740992.0, -9007199254740992.0 + 65535};
  sets["far apart"] = {-9007199254740992.0, 9007199254740992.0};
  std::mt19937_64 random(7);
  for (int i = 0; i < 512; ++i) {
    sets["line"].push_back(1000.0 + 0.5 * i);
    sets["broken line"].push_back(i == 300 ? 0 : 2.0 * i);
    sets["counter"].push_back(100'000.0 + i * 3 + static_cast<double>(random() % 3));
    sets["bytes"].push_back(-7.0 + static_cast<double>(random() % 256));
    sets["words"].push_back(1e15 + static_cast<double>(random() % 65'536));
    sets["double words"].push_back(static_cast<double>(random() % 4'294'967'296));
    sets["random"].push_back(std::bit_cast<double>(random()));
    sets["decimal"].push_back(static_cast<double>(random() % 100'000) / 100);
  }
  return sets;
}

TEST(Codecs, GiveBackEveryBit_FromAnyPlace) {
  for (const auto& [name, values] : ValueSets()) {
    for (const Codec& codec : Codecs()) {
      SCOPED_TRACE(name + " as " + std::string(codec.name));
      const ValueAnalysis analysis = Analyze(values.data(), values.size());
      const size_t size = codec.encoded_size(analysis);
      if (size == Codec::kNotEncodable) continue;
      std::vector<uint64_t> encoded(size / 8 + 2, 0xabababababababab);
      auto* bytes = reinterpret_cast<uint8_t*>(encoded.data());
      codec.encode(analysis, bytes);
      for (size_t i = size; i < encoded.size() * 8; ++i) ASSERT_EQ(bytes[i], 0xab) << i;
      for (size_t first = 0; first < values.size(); first += 1 + values.size() / 7) {
        for (size_t wanted = 1; first + wanted <= values.size(); wanted += 1 + wanted / 2) {
          std::vector<double> decoded(wanted);
          codec.decode(bytes, values.size(), first, wanted, decoded.data());
          const auto begin = values.begin() + static_cast<ptrdiff_t>(first);
          ASSERT_EQ(BitsOf(decoded), BitsOf({begin, begin + static_cast<ptrdiff_t>(wanted)}));
        }
      }
    }
  }
}

// The numbers stand for good: on the day chunks reach a disk, they stand there.
TEST(Codecs, KeepTheirNumbers) {
  const std::vector<std::pair<std::string_view, int>> numbers = {
      {"raw", 0},       {"constant", 1},   {"arithmetic", 2},
      {"integers8", 3}, {"integers16", 4}, {"integers32", 5}};
  for (const auto& [name, number] : numbers) {
    EXPECT_EQ(FindCodec(name), static_cast<CodecId>(number)) << name;
  }
  EXPECT_EQ(FindCodec("rawest"), std::nullopt);
}

TEST(Codecs, ForcedOneIsTakenWhereItCanEncode_RawElsewhere) {
  const double values[] = {1, 2, 4};
  const ValueAnalysis analysis = Analyze(values, 3);
  EXPECT_EQ(ChooseCodec(analysis, CodecId::kIntegers32).id, CodecId::kIntegers32);
  EXPECT_EQ(ChooseCodec(analysis, CodecId::kConstant).id, CodecId::kRaw);
}

TEST(Codecs, SmallestIsChosen) {
  const auto sets = ValueSets();
  const auto chosen = [&](const std::string& name) {
    const std::vector<double>& values = sets.at(name);
    return CodecOf(ChooseCodec(Analyze(values.data(), values.size())).id).name;
  };
  EXPECT_EQ(chosen("one"), "raw");
  EXPECT_EQ(chosen("constant"), "constant");
  EXPECT_EQ(chosen("minus zeros"), "constant");
  EXPECT_EQ(chosen("both zeros"), "raw");
  EXPECT_EQ(chosen("nan"), "constant");
  EXPECT_EQ(chosen("line"), "arithmetic");
  EXPECT_EQ(chosen("broken line"), "integers16");
  EXPECT_EQ(chosen("counter"), "integers16");
  EXPECT_EQ(chosen("bytes"), "integers8");
  EXPECT_EQ(chosen("words"), "integers16");
  EXPECT_EQ(chosen("double words"), "integers32");
  EXPECT_EQ(chosen("random"), "raw");
  EXPECT_EQ(chosen("beyond integers"), "raw");
}

TEST(Chunk, KeepsMarkersApart_SoThatTheyDoNotSpoilTheCodec) {
  VersionedMemory memory;
  std::vector<int64_t> times;
  std::vector<double> values;
  for (int i = 0; i < 100; ++i) {
    times.push_back(i * 10);
    values.push_back(i % 20 == 0 || i == 99 ? StalenessMarker() : 1000.0 + i % 7);
  }
  Chunk* chunk = SealChunk({.column = ColumnId(3), .offset = 5, .times = times.data()},
                           PrepareChunk(values.data(), 100, std::nullopt), &memory);
  EXPECT_EQ(CodecOf(chunk->codec).name, "integers8");
  EXPECT_EQ(chunk->marker_count, 6u);
  EXPECT_EQ(chunk->first_ms, 0);
  EXPECT_EQ(chunk->last_ms, 990);
  EXPECT_EQ(chunk->RawValues(), nullptr);
  for (uint32_t first = 0; first < 100; ++first) {
    for (uint32_t count = 0; first + count <= 100; count += 7) {
      std::vector<double> decoded(count);
      chunk->Decode(first, count, decoded.data());
      const auto begin = values.begin() + first;
      ASSERT_EQ(BitsOf(decoded), BitsOf({begin, begin + count}));
    }
  }
  memory.Release(chunk);
}

TEST(Chunk, MayHoldNothingButMarkers) {
  VersionedMemory memory;
  const int64_t times[] = {1, 2};
  const double values[] = {StalenessMarker(), StalenessMarker()};
  Chunk* chunk = SealChunk({.column = ColumnId(0), .offset = 0, .times = times},
                           PrepareChunk(values, 2, std::nullopt), &memory);
  double decoded[2] = {};
  chunk->Decode(0, 2, decoded);
  EXPECT_TRUE(IsStalenessMarker(decoded[0]));
  EXPECT_TRUE(IsStalenessMarker(decoded[1]));
  memory.Release(chunk);
}

}  // namespace
}  // namespace promlite::internal
