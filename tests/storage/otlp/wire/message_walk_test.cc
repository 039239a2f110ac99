// One message, walked field by field.

#include "promlite/storage/otlp/wire/message_walk.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace promlite::internal {
namespace {

using namespace std::string_view_literals;

// A field of each kind: 1 varint 300, 2 fixed64, 3 "ab", 4 fixed32.
constexpr std::string_view kMessage =
    "\x08\xac\x02"
    "\x11\x01\x00\x00\x00\x00\x00\x00\x80"
    "\x1a\x02"
    "ab"
    "\x25\x01\x00\x00\x00"sv;

template <GroupTags kGroupTags = GroupTags::kAreDamage>
MessageWalk Numbers(std::string_view message, std::vector<uint32_t>* numbers) {
  return WalkMessage<kGroupTags>(message, [&](const ProtobufField& field) {
    numbers->push_back(field.number);
    return true;
  });
}

TEST(MessageWalk, VisitsEachField_WithItsValue) {
  std::vector<ProtobufField> fields;
  const MessageWalk walk = WalkMessage(kMessage, [&](const ProtobufField& field) {
    fields.push_back(field);
    return true;
  });
  EXPECT_TRUE(walk.is_whole());
  ASSERT_EQ(fields.size(), 4u);
  EXPECT_TRUE(fields[0].IsVarint(1));
  EXPECT_EQ(fields[0].varint, 300u);
  EXPECT_TRUE(fields[1].IsFixed64(2));
  EXPECT_EQ(fields[1].AsFixed64(), 0x8000000000000001u);
  EXPECT_TRUE(fields[2].IsBytes(3));
  EXPECT_EQ(fields[2].bytes, "ab");
  EXPECT_EQ(fields[2].start - kMessage.data(), 12);
  EXPECT_EQ(fields[3].number, 4u);
  EXPECT_EQ(fields[3].bytes, "\x01\x00\x00\x00"sv);
}

TEST(MessageWalk, SaysWhereItEnded_WhenStoppedOrCut) {
  const MessageWalk stopped =
      WalkMessage(kMessage, [](const ProtobufField& field) { return field.number != 3; });
  EXPECT_EQ(stopped.end, MessageWalk::End::kStopped);
  EXPECT_EQ(stopped.at - kMessage.data(), 12);
  const size_t kStarts[] = {0, 3, 12, 16};
  for (size_t size = 1; size < kMessage.size(); ++size) {
    std::vector<uint32_t> numbers;
    const MessageWalk walk = Numbers(kMessage.substr(0, size), &numbers);
    const size_t whole = numbers.size();
    ASSERT_LT(whole, 4u);
    if (size == kStarts[whole]) {
      EXPECT_TRUE(walk.is_whole()) << size;
    } else {
      EXPECT_EQ(walk.end, MessageWalk::End::kDamaged) << size;
      EXPECT_EQ(static_cast<size_t>(walk.at - kMessage.data()), kStarts[whole]) << size;
    }
  }
}

TEST(MessageWalk, GroupTags_AreDamageUnlessPassedOver) {
  const std::string message = "\x08\x01\x13\x08\x02\x14\x18\x03";  // group 2 around a field
  std::vector<uint32_t> numbers;
  EXPECT_EQ(Numbers(message, &numbers).end, MessageWalk::End::kDamaged);
  EXPECT_EQ(numbers, std::vector<uint32_t>({1}));
  numbers.clear();
  EXPECT_TRUE(Numbers<GroupTags::kArePassedOver>(message, &numbers).is_whole());
  EXPECT_EQ(numbers, (std::vector<uint32_t>{1, 1, 3}));
}

}  // namespace
}  // namespace promlite::internal
