"""Native histograms, and series to be enriched by info(): data from a seed, as remote write."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Callable, Iterator, Sequence

from data import FIRST_SECOND, HOSTS, SECONDS
from remote_write import CUSTOM_BUCKETS, STALE, Hint, Histogram, Labels, Point, StartedPoint, Value
from remote_write import body, started_body

ROUTES = ["/", "/login", "/search"]
JOBS = ["api", "batch"]
INSTANCES = ["one", "two", "three"]
VERSIONS = ["1.0", "1.1", "2.0"]
BOUNDS = [[0.1, 0.5, 1.0, 5.0], [0.1, 1.0, 5.0, 25.0], [-5.0, 0.0, 5.0], [1.0], []]
CLASSIC_BOUNDS = [0.1, 0.5, 1.0, 5.0, float("inf")]
SECONDS_A_REQUEST = 60  # a scrape: one sample of a series

Series = tuple[Labels, list[Point]]
Evolution = Callable[[], Value]


@dataclasses.dataclass
class Observed:
    """What a process counts of what it observes: exponential buckets, or such with bounds."""

    rng: random.Random
    schema: int
    signs: bool = False
    floats: bool = False
    hint: Hint = Hint.UNKNOWN
    bounds: list[float] = dataclasses.field(default_factory=list)
    zero_threshold: float = 0.0
    reset_probability: float = 0.02
    not_a_number_probability: float = 0.0

    def __post_init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.positive: dict[int, float] = {}
        self.negative: dict[int, float] = {}
        self.zeros = self.rest = self.sum = 0.0

    def amount(self) -> float:
        return self.rng.choice([0.5, 1.25, 3.0]) if self.floats else self.rng.choice([0, 1, 1, 7])

    def observe(self) -> None:
        """A few observations more; at times a bucket is only made, and stays empty."""
        rng = self.rng
        custom = self.schema == CUSTOM_BUCKETS
        for _ in range(rng.choice([0, 1, 2, 4])):
            side = self.negative if self.signs and rng.random() < 0.4 else self.positive
            far = rng.random() < 0.1
            index = (rng.randint(0, len(self.bounds)) if custom
                     else rng.randint(-20, 40) if far else rng.randint(-3, 6))
            side[index] = side.get(index, 0) + self.amount()
        if not custom and rng.random() < 0.4:
            self.zeros += self.amount()
        amount = float("inf") if rng.random() < 0.003 else rng.choice([0.0, 0.5, 0.1, 1e9, 1e-9])
        self.sum += -amount if self.signs else amount

    def change_layout(self) -> None:
        """Other buckets from here on, as after a restart with another configuration."""
        self.reset()
        if self.schema == CUSTOM_BUCKETS:
            self.bounds = self.rng.choice(BOUNDS)
        else:
            self.schema = self.rng.choice([-4, -1, 0, 1, 3, 8])
            self.zero_threshold = self.rng.choice([0.0, 0.001, 0.25, 1.0])

    def __call__(self) -> Histogram:
        rng = self.rng
        draw = rng.random()
        if self.hint == Hint.GAUGE or draw < self.reset_probability:
            self.reset()
        elif draw < self.reset_probability * 1.3:
            self.change_layout()
        for _ in range(rng.choice([1, 1, 3])):
            self.observe()
        if rng.random() < self.not_a_number_probability:
            self.rest += 1
        hint = self.hint
        if hint == Hint.UNKNOWN and rng.random() < 0.01:
            hint = Hint.RESET
        total = sum(self.positive.values()) + sum(self.negative.values()) + self.zeros + self.rest
        return Histogram(self.schema, total, float("nan") if self.rest else self.sum,
                         self.zero_threshold, self.zeros, dict(self.positive), dict(self.negative),
                         self.bounds, hint, self.floats)


def counter(rng: random.Random, reset_probability: float = 0.02) -> Evolution:
    total = 0.0

    def advance() -> float:
        nonlocal total
        total = 0.0 if rng.random() < reset_probability else total + rng.choice([0, 1, 2, 30])
        return total
    return advance


def in_turns(rng: random.Random, *evolutions: Evolution) -> Evolution:
    """One kind of sample for a while, then another."""
    current = rng.choice(evolutions)

    def advance() -> Value:
        nonlocal current
        if rng.random() < 0.08:
            current = rng.choice(evolutions)
        return current()
    return advance


def stale(rng: random.Random, value: Value) -> Value:
    """A staleness marker, which is a number or a histogram."""
    if isinstance(value, Histogram) and rng.random() < 0.5:
        return dataclasses.replace(value, count=0, sum=STALE, zero_count=0, positive={},
                                   negative={}, hint=Hint.UNKNOWN)
    return STALE


def points(rng: random.Random, evolution: Evolution) -> Iterator[Point]:
    """A sample a minute, with gaps and staleness markers; the first comes in the first request."""
    second = FIRST_SECOND + rng.choice([0.0, 0.0, round(rng.uniform(0, 60), 3)])
    while second < FIRST_SECOND + SECONDS:
        value = evolution()
        if rng.random() < 0.03:
            value = stale(rng, value)
        yield round(second * 1000), value
        second += 60
        if rng.random() < 0.02:
            second += rng.choice([240, 300, 900])


def exponential_series(rng: random.Random) -> Iterator[Series]:
    for host, route in itertools.product(HOSTS[:3], ROUTES[:2]):
        labels = {"host": host, "route": route}
        yield ({"__name__": "native_seconds", **labels},
               list(points(rng, Observed(rng, rng.choice([-1, 0, 2, 3]),
                                         zero_threshold=rng.choice([0.0, 0.001])))))
        yield ({"__name__": "native_change", **labels},
               list(points(rng, Observed(rng, rng.choice([-2, 0, 1]), signs=True,
                                         zero_threshold=rng.choice([0.0, 0.1, 0.25])))))
    for host in HOSTS:
        labels = {"host": host}
        yield ({"__name__": "native_floats", **labels},
               list(points(rng, Observed(rng, rng.choice([0, 1]), signs=True, floats=True))))
        yield ({"__name__": "native_gauge", **labels},
               list(points(rng, Observed(rng, rng.choice([0, 1, 2]), signs=True, hint=Hint.GAUGE,
                                         floats=host == HOSTS[0]))))
        yield ({"__name__": "native_not_a_number", **labels},
               list(points(rng, Observed(rng, 0, not_a_number_probability=0.05))))
        yield ({"__name__": "native_steady", **labels},
               list(points(rng, Observed(rng, 1, reset_probability=0))))


def custom_series(rng: random.Random) -> Iterator[Series]:
    for host, route in itertools.product(HOSTS[:3], ROUTES[:2]):
        yield ({"__name__": "native_custom", "host": host, "route": route},
               list(points(rng, Observed(rng, CUSTOM_BUCKETS, bounds=rng.choice(BOUNDS)))))
        yield ({"__name__": "native_bounds", "host": host, "route": route},
               list(points(rng, Observed(rng, CUSTOM_BUCKETS, bounds=BOUNDS[0],
                                         reset_probability=0))))


def mixed_series(rng: random.Random) -> Iterator[Series]:
    for host in HOSTS:
        yield ({"__name__": "native_mixed", "host": host, "route": rng.choice(ROUTES)},
               list(points(rng, in_turns(rng, counter(rng), Observed(rng, 1)))))
        yield ({"__name__": "native_any", "host": host},
               list(points(rng, in_turns(rng, Observed(rng, CUSTOM_BUCKETS, bounds=BOUNDS[0]),
                                         Observed(rng, 0), Observed(rng, 1, hint=Hint.GAUGE)))))
        kind = rng.choice([counter(rng), Observed(rng, 0)])
        yield ({"__name__": "native_either", "host": host}, list(points(rng, kind)))


def classic_series(rng: random.Random) -> Iterator[Series]:
    """A histogram that is there both ways, as while one is given up for the other."""
    for host in HOSTS[:2]:
        labels = {"host": host}
        yield ({"__name__": "native_both", **labels}, list(points(rng, Observed(rng, 1))))
        seconds = [FIRST_SECOND + 60 * i for i in range(SECONDS // 60)]
        totals = [0.0] * len(CLASSIC_BOUNDS)
        found: list[list[Point]] = [[] for _ in CLASSIC_BOUNDS]
        for second in seconds:
            increments = itertools.accumulate(rng.randint(0, 3) for _ in CLASSIC_BOUNDS)
            totals = [total + more for total, more in zip(totals, increments)]
            for samples, total in zip(found, totals):
                samples.append((second * 1000, total))
        for bound, samples in zip(CLASSIC_BOUNDS, found):
            le = "+Inf" if bound == float("inf") else str(bound)
            yield {"__name__": "native_both_bucket", "le": le, **labels}, samples
        # What histogram_quantile gets if the suffix is gone: both kinds with the same labels.
        for bound, samples in list(zip(CLASSIC_BOUNDS, found))[-2:]:
            le = "+Inf" if bound == float("inf") else str(bound)
            yield {"__name__": "native_steady", "le": le, **labels}, samples


def number_series(rng: random.Random) -> Iterator[Series]:
    for host in HOSTS:
        yield ({"__name__": "level", "host": host},
               list(points(rng, lambda: rng.choice([0.0, 1.0, 2.0, -1.5, 0.3]))))
        yield ({"__name__": "level", "host": host, "__type__": rng.choice(["gauge", "counter"])},
               list(points(rng, lambda: rng.choice([0.0, 1.0, 2.0, -1.5, 0.3]))))
    for job, instance in itertools.product([*JOBS, "unknown"], INSTANCES):
        yield ({"__name__": "requests_total", "job": job, "instance": instance,
                **({"version": "of its own"} if instance == "three" else {})},
               list(points(rng, counter(rng))))
        yield ({"__name__": "native_latency", "job": job, "instance": instance,
                "__type__": "histogram", **({"__unit__": "seconds"} if job == "api" else {})},
               list(points(rng, Observed(rng, 1))))


def info_series(rng: random.Random) -> Iterator[Series]:
    """Targets whose version changes: at times both are there, at times none."""
    for job, instance in itertools.product(JOBS, INSTANCES):
        identity = {"job": job, "instance": instance}
        samples = list(points(rng, lambda: 1.0))
        cuts = sorted(rng.randint(0, len(samples)) for _ in range(2))
        parts = [samples[:cuts[0]], samples[cuts[0]:cuts[1]], samples[cuts[1]:]]
        for version, part in zip(VERSIONS, parts):
            if rng.random() < 0.5 and part:
                part[-1] = (part[-1][0], STALE)
            empty = {"region": "east"} if rng.random() < 0.5 else {}
            yield {"__name__": "target_info", "__type__": "gauge", **identity, "version": version,
                   **empty}, part
        yield ({"__name__": "build_info", **identity, "revision": rng.choice("abc"),
                "version": "built"}, list(points(rng, lambda: 1.0)))


def falls(before: Value, after: Value) -> bool:
    if isinstance(before, Histogram) and isinstance(after, Histogram):
        return after.count < before.count
    return isinstance(before, float) and isinstance(after, float) and after < before


def started(rng: random.Random, samples: Sequence[Point]) -> list[StartedPoint]:
    """The points with starts: of none, one, one a restart, or what no exporter should send."""
    kind = rng.choice(["unknown", "kept", "of restarts", "of restarts", "wild"])
    if kind == "unknown" or not samples:
        return [(milliseconds, value, 0) for milliseconds, value in samples]
    before, last = samples[0][0] - rng.choice([1, 30_000, 600_000]), samples[0][1]
    start = before
    points = []
    for milliseconds, value in samples:
        if kind == "of restarts" and falls(last, value):
            start = rng.randint(before, milliseconds - 1)
        elif kind == "wild" and rng.random() < 0.3:
            start = rng.choice([0, milliseconds, milliseconds + 5, before, before - 10_000,
                                (before + milliseconds) // 2])
        points.append((milliseconds, value, start))
        before, last = milliseconds, value
    return points


def requests(seed: int, with_starts: bool) -> list[bytes]:
    """Bodies in the order of time, each with its series in the order of their labels.

    The first makes all series, by a staleness marker before their time: Prometheus hands them on in
    the order in which it met them. With starts they are remote write 2.0.
    """
    rng = random.Random(f"native data {seed}")
    series = [made for make in (exponential_series, custom_series, mixed_series, classic_series,
                                number_series, info_series) for made in make(rng)]
    series.sort(key=lambda labels_and_points: sorted(labels_and_points[0].items()))
    first: Point = ((FIRST_SECOND - SECONDS_A_REQUEST) * 1000, STALE)
    if with_starts:
        with_points = [(labels, [(*first, 0), *started(rng, samples)])
                       for labels, samples in series]
        write = started_body
    else:
        with_points = [(labels, [first, *samples]) for labels, samples in series]
        write = body
    bodies = []
    for start in range(FIRST_SECOND - SECONDS_A_REQUEST, FIRST_SECOND + SECONDS,
                       SECONDS_A_REQUEST):
        begin, end = start * 1000, (start + SECONDS_A_REQUEST) * 1000
        bodies.append(write((labels, [point for point in points if begin <= point[0] < end])
                            for labels, points in with_points))
    return bodies
