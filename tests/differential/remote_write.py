"""Bodies of remote write 1.0 and 2.0, by hand: what Prometheus receives and promlite reads from files."""

from __future__ import annotations

import dataclasses
import enum
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence

CUSTOM_BUCKETS = -53  # the schema of histograms with bounds of their own
STALE = struct.unpack("<d", bytes.fromhex("020000000000f07f"))[0]
LONGEST_LITERAL = 1 << 16


class Hint(enum.IntEnum):
    UNKNOWN = 0
    RESET = 1
    NO_RESET = 2
    GAUGE = 3


@dataclasses.dataclass
class Histogram:
    """A native histogram; buckets by their index, negative ones by that of their absolute value.

    Of integers unless `floats`.
    """

    schema: int
    count: float
    sum: float
    zero_threshold: float = 0.0
    zero_count: float = 0
    positive: Mapping[int, float] = dataclasses.field(default_factory=dict)
    negative: Mapping[int, float] = dataclasses.field(default_factory=dict)
    bounds: Sequence[float] = ()
    hint: Hint = Hint.UNKNOWN
    floats: bool = False


Value = float | Histogram
Labels = dict[str, str]
Point = tuple[int, Value]  # milliseconds
StartedPoint = tuple[int, Value, int]  # the last: when its counter began, milliseconds; 0: unknown


def varint(number: int) -> bytes:
    encoded = bytearray()
    number &= (1 << 64) - 1
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def zigzag(number: int) -> bytes:
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)


def number_field(field: int, encoded: bytes) -> bytes:
    return varint(field << 3) + encoded


def double_field(field: int, value: float) -> bytes:
    return varint(field << 3 | 1) + struct.pack("<d", value)


def bytes_field(field: int, content: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(content)) + content


def runs(indexes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each run of indexes without a hole, as its first one and its length."""
    first, length = 0, 0
    for index in sorted(indexes):
        if length and index == first + length:
            length += 1
            continue
        if length:
            yield first, length
        first, length = index, 1
    if length:
        yield first, length


def buckets(side: Mapping[int, float], floats: bool, first_field: int) -> bytes:
    """Spans, and deltas or counts: three fields that follow each other."""
    message = b""
    end = 0
    for first, length in runs(side):
        span = number_field(1, zigzag(first - end)) + number_field(2, varint(length))
        message += bytes_field(first_field, span)
        end = first + length
    counts = [side[index] for index in sorted(side)]
    if floats:
        packed = b"".join(struct.pack("<d", count) for count in counts)
        return message + bytes_field(first_field + 2, packed)
    deltas = b"".join(zigzag(count - before) for before, count in zip([0, *counts], counts))
    return message + bytes_field(first_field + 1, deltas)


def histogram_message(milliseconds: int, histogram: Histogram, start: int = 0) -> bytes:
    if histogram.floats:
        counts = double_field(2, histogram.count), double_field(7, histogram.zero_count)
    else:
        counts = (number_field(1, varint(int(histogram.count))),
                  number_field(6, varint(int(histogram.zero_count))))
    return b"".join([
        *counts, double_field(3, histogram.sum), number_field(4, zigzag(histogram.schema)),
        double_field(5, histogram.zero_threshold), buckets(histogram.negative, histogram.floats, 8),
        buckets(histogram.positive, histogram.floats, 11), number_field(14, varint(histogram.hint)),
        number_field(15, varint(milliseconds)),
        bytes_field(16, b"".join(struct.pack("<d", bound) for bound in histogram.bounds)),
        number_field(17, varint(start)) if start else b""])


def point_field(point: Point) -> bytes:
    milliseconds, value = point
    if isinstance(value, Histogram):
        return bytes_field(4, histogram_message(milliseconds, value))
    return bytes_field(2, double_field(1, value) + number_field(2, varint(milliseconds)))


def series_field(labels: Labels, points: Sequence[Point]) -> bytes:
    pairs = b"".join(
        bytes_field(1, bytes_field(1, name.encode()) + bytes_field(2, value.encode()))
        for name, value in sorted(labels.items()))
    return bytes_field(1, pairs + b"".join(map(point_field, points)))


def started_point_field(point: StartedPoint) -> bytes:
    milliseconds, value, start = point
    if isinstance(value, Histogram):
        return bytes_field(3, histogram_message(milliseconds, value, start))
    return bytes_field(2, double_field(1, value) + number_field(2, varint(milliseconds))
                       + number_field(3, varint(start)))


def snappy(content: bytes) -> bytes:
    """Snappy's block format with literals only."""
    encoded = varint(len(content))
    for start in range(0, len(content), LONGEST_LITERAL):
        literal = content[start:start + LONGEST_LITERAL]
        encoded += b"\xf4" + struct.pack("<H", len(literal) - 1) + literal
    return encoded


def started_body(series: Iterable[tuple[Labels, Sequence[StartedPoint]]]) -> bytes:
    """A request of remote write 2.0, whose points say when their counter began."""
    symbols: dict[str, int] = {"": 0}
    messages = b""
    for labels, points in series:
        if not points:
            continue
        references = [symbols.setdefault(text, len(symbols))
                      for pair in sorted(labels.items()) for text in pair]
        messages += bytes_field(5, bytes_field(1, b"".join(map(varint, references)))
                                + b"".join(map(started_point_field, points)))
    return snappy(b"".join(bytes_field(4, symbol.encode()) for symbol in symbols) + messages)


def body(series: Iterable[tuple[Labels, Sequence[Point]]]) -> bytes:
    """A request with all series that have points."""
    return snappy(b"".join(series_field(labels, points) for labels, points in series if points))
