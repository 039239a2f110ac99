"""Awkward data, made from a seed: an OpenMetrics text that every Prometheus reads."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator

FIRST_SECOND = 1_760_000_000
SECONDS = 7200

Sample = tuple[float, float]
Value = Callable[[float], float]

HOSTS = ["host-0", "host-1", "host-2", "host-3"]
MODELS = ["claude-haiku-4-5", "claude-opus-4-8", "claude-sonnet-5"]
NOTES = ["", "plain", "a", "A", "0", " ", "null", "é", "日本語", "😀", "it's", 'quote"d', "back\\slash",
         "line one\nline two", "tab\there", "$1", "%d", "a.b*c+?", "[0-9]{2}", "^(x|y)$", "a,b"]
WILD_VALUES = [0.0, -0.0, 1.0, -1.5, 1e16, -1e16, 1e300, 5e-324, 0.1, float("inf"), float("-inf"),
               float("nan")]
BOUNDS = {
    "good": ["0.005", "0.05", "0.5", "1", "2.5", "+Inf"],
    "no_inf": ["0.1", "1", "10"],
    "only_inf": ["+Inf"],
    "negative": ["-1", "-0.5", "0", "0.5", "+Inf"],
    "bad_bound": ["0.1", "abc", "1", "+Inf"],
}


def quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


class Writer:
    """Collects families of samples as OpenMetrics text."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def family(self, name: str, kind: str) -> None:
        self.lines.append(f"# TYPE {name} {kind}")

    def series(self, name: str, labels: dict[str, str], samples: Iterator[Sample]) -> None:
        pairs = ",".join(f"{label}={quoted(value)}" for label, value in labels.items())
        for second, value in samples:
            self.lines.append(f"{name}{{{pairs}}} {openmetrics_number(value)} {second:.3f}")

    def text(self) -> str:
        return "\n".join([*self.lines, "# EOF", ""])


def openmetrics_number(value: float) -> str:
    return {"inf": "+Inf", "-inf": "-Inf", "nan": "NaN"}.get(repr(value), repr(value))


def ticks(rng: random.Random, interval: float, jitter: float = 0,
          gap_probability: float = 0) -> Iterator[float]:
    """Scrape times; a gap is long enough for the lookback to end, or just short of it."""
    second = FIRST_SECOND + rng.choice([0.0, round(rng.uniform(0, interval), 3)])
    while second < FIRST_SECOND + SECONDS:
        yield round(second + rng.uniform(-jitter, jitter), 3)
        second += interval
        if rng.random() < gap_probability:
            second += rng.choice([240, 300, 360, 900])


def gauge(times: Iterator[float], value: Value) -> Iterator[Sample]:
    return ((second, value(second)) for second in times)


def counter(rng: random.Random, times: Iterator[float], increment: Callable[[], float],
            reset_probability: float = 0) -> Iterator[Sample]:
    total = rng.choice([0.0, increment(), 1e6])
    for second in times:
        if rng.random() < reset_probability:
            total = 0.0
        yield second, total
        total += increment()


def write_claude_code_sessions(rng: random.Random, writer: Writer) -> None:
    """Short-lived counters that begin with their first event, one set for each session."""
    sessions = []
    for number in range(8):
        identity = {"job": "claude-code", "instance": HOSTS[number % 4],
                    "user_id": f"user{number % 3}",
                    "session_id": str(uuid.UUID(int=rng.getrandbits(128)))}
        begin = FIRST_SECOND + rng.uniform(0, SECONDS - 600)
        exports = [round(begin + 60 * i + rng.uniform(-0.5, 0.5), 3)
                   for i in range(rng.randint(1, 60))]
        sessions.append((identity, exports))

    def write(name: str, kinds: list[dict[str, str]], increment: Callable[[], float]) -> None:
        writer.family(name, "counter")
        for identity, exports in sessions:
            for kind in kinds:
                writer.series(f"{name}_total", {**identity, **kind},
                              counter(rng, iter(exports), increment))

    write("claude_code_cost_usage_USD", [{"model": model} for model in MODELS],
          lambda: rng.choice([0, 0, rng.uniform(0, 0.4)]))
    write("claude_code_token_usage_tokens",
          [{"type": kind, "model": MODELS[0]} for kind in ("input", "output", "cacheRead")],
          lambda: float(rng.choice([0, rng.randint(1, 5000)])))
    write("claude_code_commit_count", [{}], lambda: float(rng.choice([0, 0, 0, 1])))


def write_gauges(rng: random.Random, writer: Writer) -> None:
    writer.family("room_temperature_celsius", "gauge")
    for host in HOSTS:
        for zone in "ab":
            base = rng.uniform(-20, 30)
            writer.series("room_temperature_celsius", {"host": host, "zone": zone},
                          gauge(ticks(rng, 15, 0.4, 0.004), lambda _, b=base: b + rng.gauss(0, 2)))
    writer.family("queue_depth", "gauge")
    writer.family("queue_limit", "gauge")
    for host in HOSTS:
        for queue in ("in", "out", "dead"):
            labels = {"host": host, "queue": queue}
            writer.series("queue_depth", labels,
                          gauge(ticks(rng, 30), lambda _: float(rng.randint(0, 40))))
            if rng.random() < 0.9:
                writer.series("queue_limit", {**labels, "unit": "jobs"},
                              gauge(ticks(rng, 30, 0, 0.01), lambda _: float(rng.randint(10, 30))))
    writer.family("host_weight", "gauge")
    for host in HOSTS[:3]:
        writer.series("host_weight", {"host": host, "rack": f"r{host[-1]}"},
                      gauge(ticks(rng, 60), lambda _: rng.choice([0.5, 1.0, 2.0])))


def write_odd_series(rng: random.Random, writer: Writer) -> None:
    writer.family("on_the_minute", "gauge")
    for number, host in enumerate(HOSTS):
        times = iter(range(FIRST_SECOND // 60 * 60, FIRST_SECOND + SECONDS, 60 * (number + 1)))
        writer.series("on_the_minute", {"host": host},
                      gauge(times, lambda _: float(rng.randint(-9, 99))))
    writer.family("wild_gauge", "gauge")
    for number in range(6):
        writer.series("wild_gauge", {"n": str(number)},
                      gauge(ticks(rng, 60, 0.1), lambda _: rng.choice(WILD_VALUES)))
    writer.family("intermittent", "gauge")
    for number in range(5):
        writer.series("intermittent", {"n": str(number)},
                      gauge(ticks(rng, 30, 0, 0.2), lambda _: float(rng.randint(-5, 5))))
    writer.family("single_sample", "gauge")
    for number in range(3):
        second = FIRST_SECOND + rng.randint(0, SECONDS)
        writer.series("single_sample", {"n": str(number)}, iter([(second, rng.uniform(-1, 1))]))
    writer.family("odd_labels", "gauge")
    for note in NOTES:
        writer.series("odd_labels", {"note": note, "parity": rng.choice(["odd", "even"])},
                      gauge(ticks(rng, 60), lambda _: round(rng.uniform(0, 100), 3)))
    writer.family("moments", "gauge")
    for name, second in (("epoch", 0), ("leap", 951_782_400), ("before", -86_400.5)):
        writer.series("moments", {"moment": name},
                      gauge(ticks(rng, 120), lambda now, s=second: s + 3600.0 * (int(now) % 99)))


def write_http_counters(rng: random.Random, writer: Writer) -> None:
    for name, codes in (("http_requests", ["200", "404", "500"]), ("http_errors", ["500"])):
        writer.family(name, "counter")
        for host in HOSTS[:3]:
            for method in ("GET", "POST"):
                for code in codes:
                    writer.series(f"{name}_total", {"host": host, "method": method, "code": code},
                                  counter(rng, ticks(rng, 15, 0.3, 0.003),
                                          lambda: float(rng.choice([0, 1, 2, 30])), 0.01))


def write_histograms(rng: random.Random, writer: Writer) -> None:
    """Classic histograms; `negative` is not monotonic at times, `bad_bound` no histogram at all."""
    writer.family("rpc_duration_seconds", "histogram")
    for rpc, bounds in BOUNDS.items():
        observations = [[rng.randint(0, 20) for _ in bounds] for _ in range(SECONDS // 30)]
        for index, bound in enumerate(bounds):
            total = 0.0
            samples = []
            for number, counts in enumerate(observations):
                if rpc == "negative" and rng.random() < 0.05:
                    total -= 1
                total += sum(counts[:index + 1])
                samples.append((FIRST_SECOND + 30.0 * number, max(total, 0.0)))
            writer.series("rpc_duration_seconds_bucket", {"rpc": rpc, "le": bound}, iter(samples))
        writer.series("rpc_duration_seconds_sum", {"rpc": rpc},
                      counter(rng, ticks(rng, 30), lambda: rng.uniform(0, 30)))


def generate(seed: int) -> str:
    """An OpenMetrics text, some 40,000 samples in some 200 series."""
    rng = random.Random(f"data {seed}")
    writer = Writer()
    write_claude_code_sessions(rng, writer)
    write_gauges(rng, writer)
    write_odd_series(rng, writer)
    write_http_counters(rng, writer)
    write_histograms(rng, writer)
    return writer.text()
