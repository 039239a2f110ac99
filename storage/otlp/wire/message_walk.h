#ifndef PROMLITE_STORAGE_OTLP_WIRE_MESSAGE_WALK_H_
#define PROMLITE_STORAGE_OTLP_WIRE_MESSAGE_WALK_H_

#include <string_view>

#include "promlite/storage/otlp/wire/protobuf_field.h"

namespace promlite::internal {

// What a walk does at the tag of a group, which proto3 does not have. libprotobuf skips groups.
enum class GroupTags {
  kAreDamage,
  kArePassedOver,  // what stands in a group is taken for what stands behind it
};

// How and where the walk through a message ended.
struct MessageWalk {
  enum class End {
    kWhole,    // every field was visited
    kStopped,  // the visitor wanted no more
    kDamaged,  // the bytes are not a whole field
  };
  End end = End::kWhole;
  const char* at = nullptr;  // the field that stopped it or is damaged; unless kWhole

  bool is_whole() const { return end == End::kWhole; }
};

// Walks the fields of one message from first to last: all that reads OTLP's wire does it with this.
// `visit(field)` is called with each of them; where it returns false, the walk stops. A visitor
// enters a message inside of this one with a walk of its own through `field.bytes`.
template <GroupTags kGroupTags = GroupTags::kAreDamage, typename Visit>
MessageWalk WalkMessage(std::string_view message, Visit visit) {
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field)) {
      if (kGroupTags == GroupTags::kArePassedOver && field.IsGroup()) continue;
      return {MessageWalk::End::kDamaged, field.start};
    }
    if (!visit(field)) return {MessageWalk::End::kStopped, field.start};
  }
  return {};
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_MESSAGE_WALK_H_
