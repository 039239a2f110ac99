#include "promlite/storage/otlp/wire/wire_point.h"

#include <bit>

#include "otlp_metrics.pb.h"

namespace promlite::internal {

namespace {

// A tag: field number and wire type, in one byte as all of these fit.
enum WireType : unsigned { kVarint = 0, kFixed64 = 1, kBytes = 2 };
constexpr unsigned char Tag(unsigned field, WireType type) {
  return static_cast<unsigned char>(field << 3 | type);
}

// Takes a message apart. Each method is false where the message ends too early.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool AtEnd() const { return at_ == end_; }
  const char* position() const { return at_; }

  unsigned char TakeTag() { return static_cast<unsigned char>(*at_++); }

  bool TakeVarint(uint64_t* value) {
    *value = 0;
    for (int shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      *value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }

  bool TakeFixed64(uint64_t* value) {
    if (end_ - at_ < 8) return false;
    *value = LoadFixed64(at_);
    at_ += 8;
    return true;
  }

  bool TakeDouble(double* value) {
    uint64_t bits = 0;
    if (!TakeFixed64(&bits)) return false;
    *value = std::bit_cast<double>(bits);
    return true;
  }

  bool TakeBytes(std::string_view* bytes) {
    uint64_t size = 0;
    if (!TakeVarint(&size) || size > static_cast<uint64_t>(end_ - at_)) return false;
    *bytes = {at_, static_cast<size_t>(size)};
    at_ += size;
    return true;
  }

  bool TakeUint32(uint32_t* value) {
    uint64_t wide = 0;
    if (!TakeVarint(&wide)) return false;
    *value = static_cast<uint32_t>(wide);
    return true;
  }

  // A field that began with its tag at `start`, made one with those of its kind before it.
  bool TakeAdjacent(const char* start, std::string_view* fields) {
    std::string_view bytes;
    if (!TakeBytes(&bytes)) return false;
    if (fields->empty()) {
      *fields = {start, static_cast<size_t>(at_ - start)};
      return true;
    }
    if (fields->data() + fields->size() != start) return false;
    *fields = {fields->data(), static_cast<size_t>(at_ - fields->data())};
    return true;
  }

  // Packed numbers of eight bytes, in one piece.
  bool TakePacked(std::string_view* numbers) {
    return numbers->data() == nullptr && TakeBytes(numbers) && numbers->size() % 8 == 0;
  }

  // An exemplar is not kept; it must be whole, and have a value.
  bool TakeExemplar() {
    std::string_view bytes;
    if (!TakeBytes(&bytes)) return false;
    otlp::Exemplar exemplar;
    return exemplar.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) &&
           exemplar.value_case() != otlp::Exemplar::VALUE_NOT_SET;
  }

 private:
  const char* at_;
  const char* end_;
};

bool ReadData(std::string_view bytes, WireMetric* metric) {
  const MetricKind kind = metric->header.kind;
  WireReader reader(bytes);
  metric->points.clear();
  while (!reader.AtEnd()) {
    switch (reader.TakeTag()) {
      case Tag(1, kBytes):
        if (!reader.TakeBytes(&metric->points.emplace_back())) return false;
        break;
      case Tag(2, kVarint): {
        uint32_t temporality = 0;
        if (kind == MetricKind::kGauge || !reader.TakeUint32(&temporality)) return false;
        metric->header.temporality = static_cast<int>(temporality);
        break;
      }
      case Tag(3, kVarint): {
        uint64_t is_monotonic = 0;
        if (kind != MetricKind::kSum || !reader.TakeVarint(&is_monotonic)) return false;
        metric->header.is_monotonic = is_monotonic != 0;
        break;
      }
      default:
        return false;
    }
  }
  return !metric->points.empty();
}

}  // namespace

bool ReadWireMetric(std::string_view bytes, WireMetric* metric) {
  metric->header = {};
  std::string_view data;
  WireReader reader(bytes);
  while (!reader.AtEnd()) {
    std::string_view* text = nullptr;
    MetricKind kind = MetricKind::kUnset;
    switch (reader.TakeTag()) {
      case Tag(1, kBytes):
        text = &metric->header.name;
        break;
      case Tag(2, kBytes):
        text = &metric->header.description;
        break;
      case Tag(3, kBytes):
        text = &metric->header.unit;
        break;
      case Tag(5, kBytes):
        kind = MetricKind::kGauge;
        break;
      case Tag(7, kBytes):
        kind = MetricKind::kSum;
        break;
      case Tag(9, kBytes):
        kind = MetricKind::kHistogram;
        break;
      default:
        return false;
    }
    if (text != nullptr) {
      if (!reader.TakeBytes(text)) return false;
      continue;
    }
    if (metric->header.kind != MetricKind::kUnset || !reader.TakeBytes(&data)) return false;
    metric->header.kind = kind;
  }
  return metric->header.kind != MetricKind::kUnset && ReadData(data, metric);
}

bool ReadWireNumberPoint(std::string_view bytes, WireNumberPoint* point) {
  *point = {};
  WireReader reader(bytes);
  while (!reader.AtEnd()) {
    const char* start = reader.position();
    bool is_read = false;
    switch (reader.TakeTag()) {
      case Tag(2, kFixed64):
        is_read = reader.TakeFixed64(&point->start_time_unix_nano);
        break;
      case Tag(3, kFixed64):
        is_read = reader.TakeFixed64(&point->time_unix_nano);
        break;
      case Tag(4, kFixed64):
        is_read = reader.TakeDouble(&point->value);
        break;
      case Tag(5, kBytes):
        is_read = reader.TakeExemplar();
        break;
      case Tag(6, kFixed64): {
        uint64_t bits = 0;
        is_read = reader.TakeFixed64(&bits);
        point->value = static_cast<double>(static_cast<int64_t>(bits));
        break;
      }
      case Tag(7, kBytes):
        is_read = reader.TakeAdjacent(start, &point->attributes);
        break;
      case Tag(8, kVarint):
        is_read = reader.TakeUint32(&point->flags);
        break;
      default:
        break;
    }
    if (!is_read) return false;
  }
  return true;
}

bool ReadWireHistogramPoint(std::string_view bytes, WireHistogramPoint* point) {
  *point = {};
  WireReader reader(bytes);
  uint64_t unused = 0;
  while (!reader.AtEnd()) {
    const char* start = reader.position();
    bool is_read = false;
    switch (reader.TakeTag()) {
      case Tag(2, kFixed64):
        is_read = reader.TakeFixed64(&point->start_time_unix_nano);
        break;
      case Tag(3, kFixed64):
        is_read = reader.TakeFixed64(&point->time_unix_nano);
        break;
      case Tag(4, kFixed64):
        is_read = reader.TakeFixed64(&point->count);
        break;
      case Tag(5, kFixed64):
        is_read = reader.TakeDouble(&point->sum.emplace());
        break;
      case Tag(6, kBytes):
        is_read = reader.TakePacked(&point->bucket_counts);
        break;
      case Tag(7, kBytes):
        is_read = reader.TakePacked(&point->explicit_bounds);
        break;
      case Tag(8, kBytes):
        is_read = reader.TakeExemplar();
        break;
      case Tag(9, kBytes):
        is_read = reader.TakeAdjacent(start, &point->attributes);
        break;
      case Tag(10, kVarint):
        is_read = reader.TakeUint32(&point->flags);
        break;
      case Tag(11, kFixed64):  // min
      case Tag(12, kFixed64):  // max
        is_read = reader.TakeFixed64(&unused);
        break;
      default:
        break;
    }
    if (!is_read) return false;
  }
  return true;
}

}  // namespace promlite::internal
