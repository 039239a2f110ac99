#include "promlite/storage/metrics/streams/stream_reader.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {
namespace {

// Cuts the piece to the time range; false if nothing is left.
bool Restrict(Piece* piece, int64_t min_ms, int64_t max_ms) {
  const int64_t* begin = piece->times;
  const int64_t* end = begin + piece->count;
  if (*begin < min_ms) begin = std::lower_bound(begin, end, min_ms);
  if (begin != end && end[-1] > max_ms) end = std::upper_bound(begin, end, max_ms);
  if (begin == end) return false;
  const auto skipped = static_cast<uint32_t>(begin - piece->times);
  piece->times = begin;
  piece->index += skipped;
  piece->first += skipped;
  piece->count = static_cast<uint32_t>(end - begin);
  if (piece->values != nullptr) piece->values += skipped;
  return true;
}

Piece PieceOf(const Chunk& chunk, const TimeColumns::View& columns, const StreamRecord& stream) {
  Piece piece;
  piece.times = columns[chunk.column.number()] + chunk.offset;
  piece.column = chunk.column;
  piece.index = chunk.offset;
  piece.count = chunk.length;
  piece.values = chunk.RawValues();
  piece.chunk = &chunk;
  piece.may_have_markers = chunk.marker_count > 0;
  piece.stream = &stream;
  return piece;
}

Piece PieceOf(const OpenChunk& chunk, const TimeColumns::View& columns,
              const StreamRecord& stream) {
  Piece piece;
  piece.times = columns[chunk.column.number()] + chunk.offset;
  piece.column = chunk.column;
  piece.index = chunk.offset;
  piece.count = chunk.length;
  piece.values = chunk.values;
  piece.may_have_markers = chunk.has_markers;
  piece.stream = &stream;
  return piece;
}

bool HasMarkers(const Pieces& pieces, const double* values, size_t size) {
  const bool possible = std::any_of(pieces.begin(), pieces.end(),
                                    [](const Piece& piece) { return piece.may_have_markers; });
  return possible && std::any_of(values, values + size, IsStalenessMarker);
}

size_t CountSamples(const Pieces& pieces) {
  size_t size = 0;
  for (const Piece& piece : pieces) size += piece.count;
  return size;
}

bool AreOneRun(const Pieces& pieces) {
  for (size_t i = 1; i < pieces.size(); ++i) {
    if (pieces[i].column != pieces[0].column ||
        pieces[i].index != pieces[i - 1].index + pieces[i - 1].count) {
      return false;
    }
  }
  return true;
}

// How far the merging of one stream has come.
struct Cursor {
  const int64_t* times;
  const double* values;
  size_t left;
  int64_t start_ns;
};

// Heap order: the earliest time on top, of equal ones the latest start.
bool ComesAfter(const Cursor& a, const Cursor& b) {
  return a.times[0] != b.times[0] ? a.times[0] > b.times[0] : a.start_ns < b.start_ns;
}

}  // namespace

void Piece::CopyValues(double* out) const {
  if (values != nullptr) {
    std::memcpy(out, values, count * sizeof(double));
  } else {
    chunk->Decode(first, count, out);
  }
}

double Piece::ValueAt(uint32_t index) const {
  if (values != nullptr) return values[index];
  double value;
  chunk->Decode(first + index, 1, &value);
  return value;
}

void CollectPieces(const StreamRecord& stream, const TimeColumns::View& columns, int64_t min_ms,
                   int64_t max_ms, Pieces* pieces) {
  if (stream.sample_count == 0 || stream.first_ms > max_ms || stream.last_ms < min_ms) return;
  const size_t first_piece = pieces->size();
  const auto add = [&](Piece piece) {
    if (Restrict(&piece, min_ms, max_ms)) pieces->push_back(piece);
  };
  Chunk* const* begin = stream.sealed;
  Chunk* const* end = begin + stream.sealed_count;
  Chunk* const* chunk = std::lower_bound(
      begin, end, min_ms,
      [](const Chunk* candidate, int64_t time) { return candidate->last_ms < time; });
  for (; chunk != end && (*chunk)->first_ms <= max_ms; ++chunk) {
    add(PieceOf(**chunk, columns, stream));
  }
  if (stream.late.length > 0) {
    Piece late = PieceOf(stream.late, columns, stream);
    if (Restrict(&late, min_ms, max_ms)) {
      const auto before = [](const Piece& a, const Piece& b) {
        return a.first_ms() < b.first_ms();
      };
      pieces->insert(std::upper_bound(pieces->begin() + static_cast<ptrdiff_t>(first_piece),
                                      pieces->end(), late, before),
                     late);
    }
  }
  if (stream.open.length > 0) add(PieceOf(stream.open, columns, stream));
}

void AddUp(int64_t min_ms, std::vector<double>* totals, Pieces* pieces) {
  double* values = Room(totals, CountSamples(*pieces));
  double total = 0;
  Pieces within;
  for (Piece piece : *pieces) {
    piece.CopyValues(values);
    for (uint32_t i = 0; i < piece.count; ++i) {
      if (IsStalenessMarker(values[i])) continue;
      total += values[i];
      values[i] = total;
    }
    piece.values = values;
    values += piece.count;
    if (Restrict(&piece, min_ms, piece.last_ms())) within.push_back(piece);
  }
  *pieces = std::move(within);
}

std::optional<int64_t> FirstNumberTime(const StreamRecord& stream,
                                       const TimeColumns::View& columns) {
  // The first sample alone, which is a number nearly always, before all of them.
  for (const int64_t max_ms : {stream.first_ms, stream.last_ms}) {
    Pieces pieces;
    CollectPieces(stream, columns, stream.first_ms, max_ms, &pieces);
    for (const Piece& piece : pieces) {
      for (uint32_t i = 0; i < piece.count; ++i) {
        if (!std::isnan(piece.ValueAt(i))) return piece.times[i];
      }
    }
  }
  return std::nullopt;
}

std::optional<int64_t> LastNumberTime(const StreamRecord& stream, const TimeColumns::View& columns,
                                      int64_t time_ms) {
  if (stream.sample_count == 0 || stream.first_ms > time_ms) return std::nullopt;
  Pieces pieces;
  CollectPieces(stream, columns, std::numeric_limits<int64_t>::min(), time_ms, &pieces);
  for (; !pieces.empty(); pieces.pop_back()) {
    const Piece& piece = pieces.back();
    // One by one: the last is a number nearly always.
    for (uint32_t i = piece.count; i-- > 0;) {
      if (!std::isnan(piece.ValueAt(i))) return piece.times[i];
    }
  }
  return std::nullopt;
}

SamplesView Concatenate(const Pieces& pieces, Snapshot::StartTimes start_times,
                        SampleBuffer* buffer) {
  SamplesView view;
  if (pieces.empty()) return view;
  view.size = CountSamples(pieces);
  if (AreOneRun(pieces)) {
    view.times = pieces[0].times;
    view.column = uint64_t{pieces[0].column.number()} + 1;
    view.column_offset = pieces[0].index;
  } else {
    int64_t* times = Room(&buffer->times, view.size);
    view.times = times;
    for (const Piece& piece : pieces) times = std::copy_n(piece.times, piece.count, times);
  }
  if (pieces.size() == 1 && pieces[0].values != nullptr) {
    view.values = pieces[0].values;
  } else {
    double* values = Room(&buffer->values, view.size);
    view.values = values;
    for (const Piece& piece : pieces) {
      piece.CopyValues(values);
      values += piece.count;
    }
  }
  view.has_staleness_markers = HasMarkers(pieces, view.values, view.size);
  if (start_times == Snapshot::StartTimes::kRead) {
    int64_t* starts = Room(&buffer->start_times, view.size);
    view.start_times = starts;
    for (const Piece& piece : pieces) {
      starts = std::fill_n(starts, piece.count, TruncatedMilliseconds(piece.stream->start_ns));
    }
  }
  return view;
}

SamplesView Merge(const Pieces& pieces, Snapshot::StartTimes start_times, SampleBuffer* buffer) {
  // All samples, stream after stream; a cursor a stream, made when its memory is settled.
  const size_t size = CountSamples(pieces);
  std::vector<int64_t> times(size);
  std::vector<double> values(size);
  std::vector<Cursor> cursors;
  size_t filled = 0;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    std::copy_n(piece.times, piece.count, times.data() + filled);
    piece.CopyValues(values.data() + filled);
    if (i == 0 || pieces[i - 1].stream != piece.stream) {
      cursors.push_back({times.data() + filled, values.data() + filled, 0, piece.stream->start_ns});
    }
    cursors.back().left += piece.count;
    filled += piece.count;
  }

  int64_t* const merged_times = Room(&buffer->times, size);
  double* const merged_values = Room(&buffer->values, size);
  int64_t* const merged_starts =
      start_times == Snapshot::StartTimes::kRead ? Room(&buffer->start_times, size) : nullptr;
  size_t merged = 0;
  std::make_heap(cursors.begin(), cursors.end(), ComesAfter);
  while (!cursors.empty()) {
    std::pop_heap(cursors.begin(), cursors.end(), ComesAfter);
    Cursor& next = cursors.back();
    if (merged == 0 || merged_times[merged - 1] != next.times[0]) {
      merged_times[merged] = next.times[0];
      merged_values[merged] = next.values[0];
      if (merged_starts != nullptr) {
        merged_starts[merged] = TruncatedMilliseconds(next.start_ns);
      }
      ++merged;
    }
    ++next.times;
    ++next.values;
    if (--next.left == 0) {
      cursors.pop_back();
    } else {
      std::push_heap(cursors.begin(), cursors.end(), ComesAfter);
    }
  }

  SamplesView view;
  view.times = merged_times;
  view.values = merged_values;
  view.start_times = merged_starts;
  view.size = merged;
  view.has_staleness_markers = HasMarkers(pieces, view.values, view.size);
  return view;
}

}  // namespace promlite::internal
