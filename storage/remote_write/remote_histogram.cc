#include "promlite/storage/remote_write/remote_histogram.h"

#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/metrics/histograms/histogram_check.h"
#include "promlite/storage/otlp/wire/protobuf_field.h"

namespace promlite::internal {
namespace {

// Schemas up to this one are known, though not all of them are stored.
constexpr int32_t kFinestSchema = 52;

struct Span {
  int32_t offset = 0;
  uint32_t length = 0;
};

// One side as it is sent: deltas of integers or counts of floating-point numbers.
struct Side {
  std::vector<Span> spans;
  std::vector<int64_t> deltas;
  std::vector<double> counts;
};

struct Message {
  bool counts_floats = false;
  uint64_t count = 0, zero_count = 0;
  double float_count = 0, float_zero_count = 0;
  double sum = 0;
  double zero_threshold = 0;
  int32_t schema = 0;
  CounterResetHint hint = CounterResetHint::kUnknown;
  int64_t timestamp_ms = 0;
  int64_t start_ms = 0;
  Side positive, negative;
  std::vector<double> custom_bounds;
};

int64_t ZigZag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

bool ReadSpan(std::string_view message, std::vector<Span>* spans) {
  Span span;
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field)) return false;
    if (field.IsVarint(1)) {
      const auto offset = static_cast<uint32_t>(field.varint);
      span.offset = static_cast<int32_t>(offset >> 1) ^ -static_cast<int32_t>(offset & 1);
    }
    if (field.IsVarint(2)) span.length = static_cast<uint32_t>(field.varint);
  }
  spans->push_back(span);
  return true;
}

// Repeated numbers, packed or one a field.
bool ReadDeltas(const ProtobufField& field, std::vector<int64_t>* deltas) {
  if (field.wire_type == ProtobufField::kVarint) {
    deltas->push_back(ZigZag(field.varint));
    return true;
  }
  if (field.wire_type != ProtobufField::kLengthDelimited) return true;
  std::string_view rest = field.bytes;
  uint64_t value = 0;
  while (!rest.empty()) {
    if (!TakeProtobufVarint(&rest, &value)) return false;
    deltas->push_back(ZigZag(value));
  }
  return true;
}

bool ReadDoubles(const ProtobufField& field, std::vector<double>* numbers) {
  if (field.wire_type == ProtobufField::kFixed64) {
    numbers->push_back(field.AsDouble());
    return true;
  }
  if (field.wire_type != ProtobufField::kLengthDelimited) return true;
  if (field.bytes.size() % sizeof(double) != 0) return false;
  ProtobufField number;
  for (size_t i = 0; i < field.bytes.size(); i += sizeof(double)) {
    number.bytes = field.bytes.substr(i, sizeof(double));
    numbers->push_back(number.AsDouble());
  }
  return true;
}

bool ReadSide(const ProtobufField& field, uint32_t spans_field, Side* side) {
  if (field.IsBytes(spans_field)) return ReadSpan(field.bytes, &side->spans);
  if (field.number == spans_field + 1) return ReadDeltas(field, &side->deltas);
  if (field.number == spans_field + 2) return ReadDoubles(field, &side->counts);
  return true;
}

CounterResetHint HintOf(uint64_t hint) {
  constexpr auto kLast = static_cast<uint64_t>(CounterResetHint::kGauge);
  return hint <= kLast ? static_cast<CounterResetHint>(hint) : CounterResetHint::kUnknown;
}

bool ReadField(const ProtobufField& field, Message* message) {
  if (field.IsVarint(1)) {
    message->count = field.varint;
    message->counts_floats = false;
  } else if (field.IsFixed64(2)) {
    message->float_count = field.AsDouble();
    message->counts_floats = true;
  } else if (field.IsFixed64(3)) {
    message->sum = field.AsDouble();
  } else if (field.IsVarint(4)) {
    message->schema = static_cast<int32_t>(ZigZag(field.varint & 0xffffffff));
  } else if (field.IsFixed64(5)) {
    message->zero_threshold = field.AsDouble();
  } else if (field.IsVarint(6)) {
    message->zero_count = field.varint;
    message->float_zero_count = 0;
  } else if (field.IsFixed64(7)) {
    message->float_zero_count = field.AsDouble();
    message->zero_count = 0;
  } else if (field.number >= 8 && field.number <= 10) {
    return ReadSide(field, 8, &message->negative);
  } else if (field.number >= 11 && field.number <= 13) {
    return ReadSide(field, 11, &message->positive);
  } else if (field.IsVarint(14)) {
    message->hint = HintOf(field.varint);
  } else if (field.IsVarint(15)) {
    message->timestamp_ms = static_cast<int64_t>(field.varint);
  } else if (field.IsVarint(17)) {
    message->start_ms = static_cast<int64_t>(field.varint);
  } else if (field.number == 16) {
    return ReadDoubles(field, &message->custom_bounds);
  }
  return true;
}

// In Prometheus' words; `side` is "positive side" or, of custom buckets, "custom buckets".
absl::Status CheckSpans(std::span<const Span> spans, size_t buckets, std::string_view side,
                        bool is_custom) {
  const auto out_of_range = [&](size_t span, std::string_view does, int64_t index) {
    return absl::InvalidArgumentError(
        absl::StrCat(Absl(side), ": span number ", span + 1, " ", Absl(does), " at bucket index ",
                     index, ": histogram has a span whose bucket index is out of range"));
  };
  uint64_t needed = 0;
  int64_t end_index = 0;
  for (size_t i = 0; i < spans.size(); ++i) {
    if (i == 0 && spans[i].offset == std::numeric_limits<int32_t>::min() && !is_custom) {
      return out_of_range(i, "starts", spans[i].offset);
    }
    if (spans[i].offset < 0 && (i > 0 || is_custom)) {
      return absl::InvalidArgumentError(
          absl::StrCat(Absl(side), ": span number ", i + 1, " with offset ", spans[i].offset,
                       ": histogram has a span whose offset is negative"));
    }
    needed += spans[i].length;
    end_index += int64_t{spans[i].offset} + spans[i].length;
    if (end_index - 1 > std::numeric_limits<int32_t>::max() && !is_custom) {
      return out_of_range(i, "ends", end_index - 1);
    }
  }
  if (needed == buckets) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(Absl(side), ": spans need ", needed, " buckets, have ", buckets,
                   " buckets: histogram spans specify different number of buckets than provided"));
}

// The buckets that the spans place, in `schema` or, if that is finer, in the finest that is stored.
template <typename Bucket, typename Count>
absl::Status PlaceBuckets(std::span<const Span> spans, std::span<const Count> counts,
                          int32_t schema, std::vector<Bucket>* buckets) {
  int64_t index = 0;
  size_t next = 0;
  for (const Span& span : spans) {
    index += span.offset;
    for (uint32_t i = 0; i < span.length; ++i, ++index) {
      if (index > std::numeric_limits<int32_t>::max()) {
        return absl::InvalidArgumentError("a bucket beyond all numbers");
      }
      auto place = static_cast<int32_t>(index);
      if (schema > Histogram::kMaxSchema) {
        place = IndexInSchema(place, schema, Histogram::kMaxSchema);
      }
      const Count count = counts[next++];
      if (!buckets->empty() && buckets->back().index == place) {
        buckets->back().count += count;
      } else {
        buckets->push_back({place, count});
      }
    }
  }
  return absl::OkStatus();
}

// Deltas to counts; sums that overflow wrap, as Go's do.
std::vector<int64_t> Accumulated(std::span<const int64_t> deltas) {
  std::vector<int64_t> counts;
  counts.reserve(deltas.size());
  uint64_t count = 0;
  for (const int64_t delta : deltas) {
    count += static_cast<uint64_t>(delta);
    counts.push_back(static_cast<int64_t>(count));
  }
  return counts;
}

template <typename Bucket, typename Count>
absl::Status TakeSides(const Message& message, std::span<const Count> positive,
                       std::span<const Count> negative, std::vector<Bucket>* positive_buckets,
                       std::vector<Bucket>* negative_buckets) {
  const bool is_custom = message.schema == Histogram::kCustomBucketsSchema;
  absl::Status status = CheckSpans(message.positive.spans, positive.size(),
                                   is_custom ? "custom buckets" : "positive side", is_custom);
  if (status.ok()) {
    status = CheckSpans(message.negative.spans, negative.size(), "negative side", false);
  }
  if (status.ok()) {
    status = PlaceBuckets(message.positive.spans, positive, message.schema, positive_buckets);
  }
  if (status.ok()) {
    status = PlaceBuckets(message.negative.spans, negative, message.schema, negative_buckets);
  }
  return status;
}

int32_t StoredSchema(int32_t schema) {
  return schema > Histogram::kMaxSchema && schema <= kFinestSchema ? Histogram::kMaxSchema : schema;
}

absl::StatusOr<Histogram> FromIntegers(Message message) {
  IntegerHistogram histogram;
  absl::Status status = TakeSides<IntegerBucket, int64_t>(
      message, Accumulated(message.positive.deltas), Accumulated(message.negative.deltas),
      &histogram.positive, &histogram.negative);
  if (!status.ok()) return status;
  histogram.hint = message.hint;
  histogram.schema = StoredSchema(message.schema);
  histogram.zero_threshold = message.zero_threshold;
  histogram.zero_count = message.zero_count;
  histogram.count = message.count;
  histogram.sum = message.sum;
  histogram.custom_bounds = std::move(message.custom_bounds);
  return CheckedHistogram(histogram);
}

absl::StatusOr<Histogram> FromFloats(Message message) {
  Histogram histogram;
  absl::Status status =
      TakeSides<HistogramBucket, double>(message, message.positive.counts, message.negative.counts,
                                         &histogram.positive, &histogram.negative);
  if (!status.ok()) return status;
  histogram.hint = message.hint;
  histogram.schema = StoredSchema(message.schema);
  histogram.zero_threshold = message.zero_threshold;
  histogram.zero_count = message.float_zero_count;
  histogram.count = message.float_count;
  histogram.sum = message.sum;
  histogram.custom_bounds = std::move(message.custom_bounds);
  status = CheckHistogram(histogram);
  if (!status.ok()) return status;
  return histogram;
}

}  // namespace

absl::StatusOr<RemoteHistogram> ReadRemoteHistogram(std::string_view message) {
  Message read;
  ProtobufField field;
  while (!message.empty()) {
    if (!TakeProtobufField(&message, &field) || !ReadField(field, &read)) {
      return absl::InvalidArgumentError("the protobuf message is damaged");
    }
  }
  const int64_t timestamp_ms = read.timestamp_ms;
  const int64_t start_ms = read.start_ms;
  absl::StatusOr<Histogram> histogram =
      read.counts_floats ? FromFloats(std::move(read)) : FromIntegers(std::move(read));
  if (!histogram.ok()) return histogram.status();
  return RemoteHistogram{timestamp_ms, start_ms, *std::move(histogram)};
}

}  // namespace promlite::internal
