"""Questions from a seed: a grammar of PromQL that knows what each version of Prometheus knows."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator

import data


@dataclasses.dataclass(frozen=True)
class Expression:
    """A piece of a query: text and further pieces between it.

    `name` is the function or operator, `type` one of "vector", "scalar", "range" and "string".
    """

    type: str
    name: str
    parts: tuple[str | Expression, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))

    @property
    def children(self) -> list[Expression]:
        return [part for part in self.parts if isinstance(part, Expression)]

    def walk(self) -> Iterator[Expression]:
        yield self
        for child in self.children:
            yield from child.walk()

    def map(self, change: Callable[[Expression], Expression]) -> Expression:
        """This expression with every piece, and then itself, replaced by what `change` makes."""
        parts = tuple(part.map(change) if isinstance(part, Expression) else part
                      for part in self.parts)
        return change(dataclasses.replace(self, parts=parts))

    def with_argument(self, before: str, after: str) -> Expression:
        """This expression with text around the first of its pieces."""
        first = self.children[0]
        around = dataclasses.replace(first, parts=(before, first, after))
        parts = tuple(around if part is first else part for part in self.parts)
        return dataclasses.replace(self, parts=parts)

    def simpler(self) -> Iterator[Expression]:
        """This expression with one of its pieces replaced by something within that piece."""
        yield from (node for node in self.walk() if node is not self and node.type == self.type)
        for index, part in enumerate(self.parts):
            if isinstance(part, Expression):
                for smaller in part.simpler():
                    parts = (*self.parts[:index], smaller, *self.parts[index + 1:])
                    yield dataclasses.replace(self, parts=parts)


@dataclasses.dataclass(frozen=True)
class Question:
    """What is asked, and when: at `start` alone, or, with a step, at each step up to `end`."""

    expression: Expression
    start: float
    end: float | None = None
    step: float | None = None

    @property
    def query(self) -> str:
        return str(self.expression)

    def parameters(self) -> dict[str, str | float]:
        """As promlite's repl and Prometheus' HTTP API name them; times in seconds."""
        if self.step is None:
            return {"query": self.query, "time": self.start}
        return {"query": self.query, "start": self.start, "end": self.end, "step": self.step}

    def at_steps(self) -> Iterator[Question]:
        """The instant questions that together ask the same."""
        milliseconds = round(self.start * 1000)
        while milliseconds <= round(self.end * 1000):
            yield Question(self.frozen(), milliseconds / 1000)
            milliseconds += round(self.step * 1000)

    def frozen(self) -> Expression:
        """The expression with what depends on the range's bounds and step written out."""
        text = self.query
        for name, value in (("start", self.start), ("end", self.end), ("step", self.step),
                            ("range", round(self.end - self.start, 3))):
            text = text.replace(f"{name}()", f"{value:.3f}")
        return Expression(self.expression.type, "frozen", (text,))


METRICS: dict[str, dict[str, list[str]]] = {
    "claude_code_cost_usage_USD_total": {"model": data.MODELS, "user_id": ["user0", "user1"]},
    "claude_code_token_usage_tokens_total": {"type": ["input", "output"], "job": ["claude-code"]},
    "claude_code_commit_count_total": {"instance": data.HOSTS, "user_id": ["user0", "user2"]},
    "room_temperature_celsius": {"host": data.HOSTS, "zone": ["a", "b"]},
    "queue_depth": {"host": data.HOSTS, "queue": ["in", "out", "dead"]},
    "queue_limit": {"host": data.HOSTS, "queue": ["in", "out"], "unit": ["jobs"]},
    "host_weight": {"host": data.HOSTS, "rack": ["r0", "r1"]},
    "on_the_minute": {"host": data.HOSTS},
    "wild_gauge": {"n": ["0", "1", "2", "3"]},
    "intermittent": {"n": ["0", "1", "2", "3"]},
    "single_sample": {"n": ["0", "1"]},
    "odd_labels": {"note": data.NOTES, "parity": ["odd", "even"]},
    "moments": {"moment": ["epoch", "leap"]},
    "http_requests_total": {"host": data.HOSTS, "method": ["GET", "POST"], "code": ["200", "500"]},
    "http_errors_total": {"host": data.HOSTS, "method": ["GET", "POST"], "code": ["500"]},
    "rpc_duration_seconds_bucket": {"rpc": list(data.BOUNDS), "le": ["0.5", "1", "+Inf"]},
    "rpc_duration_seconds_sum": {"rpc": list(data.BOUNDS)},
    "nonexistent": {"host": data.HOSTS},
}
LABELS = ["host", "queue", "method", "code", "n", "rpc", "le", "model", "type", "user_id",
          "instance", "zone", "parity", "missing"]
# Pairs with labels in common, as (left, right, labels to match on).
RELATED = [("queue_depth", "queue_limit", ["host", "queue"]),
           ("http_errors_total", "http_requests_total", ["host", "method", "code"]),
           ("http_errors_total", "http_requests_total", ["host", "method"]),
           ("room_temperature_celsius", "host_weight", ["host"]),
           ("on_the_minute", "host_weight", ["host"]),
           ("claude_code_cost_usage_USD_total", "claude_code_commit_count_total", ["session_id"]),
           ("wild_gauge", "intermittent", ["n"])]
DURATIONS = ["30s", "1m", "90s", "2m", "5m", "7m", "10m", "30m", "1h", "1h1m1s", "299s", "1500ms"]
NUMBERS = ["0", "1", "2", "-1", "0.5", "-0.5", "1e3", "100", "3.7", "0x1F", "017", ".5", "1e-3",
           "Inf", "-Inf", "NaN", "1e18"]

VECTOR_FUNCTIONS = ["abs", "ceil", "floor", "sqrt", "sgn", "deg", "rad", "sort", "sort_desc",
                    "timestamp", "minute", "hour", "day_of_week", "day_of_month", "day_of_year",
                    "days_in_month", "month", "year"]
C_LIBRARY_FUNCTIONS = ["exp", "ln", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan",
                       "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"]
RANGE_FUNCTIONS = ["rate", "increase", "delta", "irate", "idelta", "deriv", "changes", "resets",
                   "sum_over_time", "avg_over_time", "min_over_time", "max_over_time",
                   "count_over_time", "last_over_time", "present_over_time", "stddev_over_time",
                   "stdvar_over_time"]
AGGREGATIONS = ["sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"]
HISTOGRAM_FUNCTIONS = ["histogram_count", "histogram_sum"]

INVALID = ["", "1 +", "sum(", "rate(queue_depth)", "rate(queue_depth[5m]", "queue_depth{host=}",
           "queue_depth{host=~\"(\"}", "{}", "{host=\"\"}", "{host=~\".*\"}", "1 == 1", "1 and 1",
           "queue_depth and 1", "sum by host (queue_depth)", "topk(queue_depth)", "foo()",
           "abs(1)", "queue_depth[0s]", "queue_depth[5m] offset", "queue_depth @ ", "queue_depth[:]",
           "label_replace(queue_depth, \"a b\", \"\", \"\", \"(\")", "queue_depth[5m:0s]",
           "label_join(queue_depth, \"\", \"-\", \"host\")", "sum(queue_depth) by (host) by (queue)",
           "queue_depth offset 5m offset 5m", "count_values(1, queue_depth)", "-\"a\"", "\"a\" + 1",
           "queue_depth * on(host) group_left(host) host_weight", "queue_depth{__name__=\"x\"}",
           "queue_depth or bool queue_limit", "queue_depth + bool 1", "(queue_depth)[5m]",
           "queue_depth[5m][5m:]", "rate(rate(queue_depth[5m]))", "quantile(queue_depth)", "08 + 09",
           "queue_depth == on(host) host_weight", "host_weight * on(host) queue_depth",
           "1 offset 5m", "sum(queue_depth) offset 5m", "queue_depth @ Inf", "\"\\xzz\"", "'a",
           "`raw \\` + 1", "queue_depth and on() group_left() host_weight", "queue_depth # comment",
           "SUM(queue_depth)", "queue_depth OFFSET 5M", "RATE(queue_depth[5m])", "clamp(queue_depth)",
           "label_replace(queue_depth, \"host\", \"x\", \"host\", \".*\")"]


class Grammar:
    """What both 2.42 and 3.16 know, and nothing whose answer hangs on the last digit of another.

    So no function of the C library stands where its last digit could be made large: in a
    comparison, under a rounding, in a sum.
    """

    metrics = METRICS
    label_names = LABELS
    related_metrics = RELATED
    functions = VECTOR_FUNCTIONS
    range_functions = RANGE_FUNCTIONS
    aggregations = AGGREGATIONS
    choosing = ["topk", "bottomk"]
    invalid = INVALID
    smoothing = "holt_winters"

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    # Pieces

    def duration(self) -> str:
        return self.rng.choice(DURATIONS)

    def range_duration(self) -> str:
        return self.duration()

    def number(self) -> str:
        if self.rng.random() < 0.2:
            return f"{self.rng.uniform(-100, 100):.3f}"
        return self.rng.choice(NUMBERS)

    def labels(self, most: int = 3) -> str:
        return ", ".join(self.rng.sample(self.label_names, self.rng.randint(0, most)))

    def matcher(self, known: dict[str, list[str]]) -> str:
        rng = self.rng
        label = rng.choice(list(known)) if rng.random() < 0.9 else rng.choice(self.label_names)
        values = known.get(label, [""])
        value = rng.choice(values)
        operator = rng.choice(["=", "=", "!=", "=~", "=~", "!~"])
        if "~" in operator:
            value = rng.choice([
                f"{rng.choice(values)}|{rng.choice(values)}" if label != "note" else "a|b|plain",
                f"({value[:2]}.*|nothing)" if label != "note" else "[a-z].*", ".*", ".+", "",
                ".*-[0-2]", "(?i:HOST-1)", "[^x]*", "\\\\w+.?", "host-.|user."])
        else:
            value = data.quoted(value)[1:-1]
        return f'{label}{operator}"{value}"'

    def matchers(self, metric: str) -> str:
        count = self.rng.choice([0, 0, 1, 1, 2])
        matchers = ",".join(self.matcher(self.metrics[metric]) for _ in range(count))
        return f"{{{matchers}}}" if count else self.rng.choice(["", "", "{}"])

    def modifiers(self) -> str:
        rng = self.rng
        offset = rng.choice(["", "-"]) + self.duration()
        second = data.FIRST_SECOND + rng.choice([600, 1800.5, 3600, 7200, 5555.123])
        at = rng.choice([f"{second}", "start()", "end()"])
        return rng.choice([""] * 8 + [f" offset {offset}", f" @ {at}",
                                      f" @ {at} offset {offset}", f" offset {offset} @ {at}"])

    def metric(self) -> str:
        return self.rng.choice(list(self.metrics))

    def name_and_matchers(self, metric: str | None = None) -> str:
        metric = metric or self.metric()
        matchers = self.matchers(metric)
        if self.rng.random() < 0.04:
            return f'{{__name__=~"{metric}|nothing"{"," + matchers[1:-1] if matchers[1:-1] else ""}}}'
        return metric + matchers

    # Vectors

    def selector(self, metric: str | None = None) -> Expression:
        text = self.name_and_matchers(metric) + self.modifiers()
        return Expression("vector", "selector", (text,))

    def range_selector(self, metric: str | None = None) -> Expression:
        text = f"{self.name_and_matchers(metric)}[{self.range_duration()}]{self.modifiers()}"
        return Expression("range", "range selector", (text,))

    def subquery(self, depth: int) -> Expression:
        step = self.rng.choice(["", "15s", "30s", "1m", "77s", "2m"])
        tail = f")[{self.range_duration()}:{step}]{self.modifiers()}"
        return Expression("range", "subquery", ("(", self.vector(depth - 1), tail))

    def range_vector(self, depth: int) -> Expression:
        if depth > 0 and self.rng.random() < 0.2:
            return self.subquery(depth)
        return self.range_selector()

    def scalar(self, depth: int) -> Expression:
        rng = self.rng
        kind = rng.randrange(8)
        if depth > 0 and kind == 0:
            return Expression("scalar", "scalar", ("scalar(", self.vector(depth - 1), ")"))
        if depth > 0 and kind == 1:
            operator = rng.choice(["+", "-", "*", "/", "%", "== bool", "> bool", "<= bool"])
            return Expression("scalar", operator, ("(", self.scalar(depth - 1), f" {operator} ",
                                                   self.scalar(depth - 1), ")"))
        return Expression("scalar", "number", ("time()" if kind == 2 else self.number(),))

    def vector(self, depth: int) -> Expression:
        rng = self.rng
        if depth <= 0:
            return self.selector()
        makers = [self.selector, self.range_call, self.range_call, self.call, self.aggregation,
                  self.aggregation, self.with_scalar, self.pair, self.related, self.histogram,
                  self.label_call, self.rarer]
        maker = rng.choice(makers)
        return self.selector() if maker == self.selector else maker(depth)

    def range_call(self, depth: int) -> Expression:
        rng = self.rng
        name = rng.choice([*self.range_functions, "quantile_over_time", "predict_linear",
                           self.smoothing, "absent_over_time"])
        argument = self.range_vector(depth)
        before, after = f"{name}(", ")"
        if name == "quantile_over_time":
            before = f"{name}({rng.choice(['0', '0.5', '0.9', '1', '-1', '2', 'NaN'])}, "
        elif name == "predict_linear":
            after = f", {rng.choice(['0', '600', '-60', '3600'])})"
        elif name == self.smoothing:
            after = f", {rng.choice(['0.5', '0.1'])}, {rng.choice(['0.3', '0.9'])})"
        return Expression("vector", name, (before, argument, after))

    def call(self, depth: int) -> Expression:
        rng = self.rng
        name = rng.choice([*self.functions, "round", "clamp", "clamp_max", "clamp_min", "absent",
                           "vector", "-"])
        if name == "vector":
            return Expression("vector", name, ("vector(", self.scalar(depth - 1), ")"))
        inner = self.vector(depth - 1)
        if name == "-":
            return Expression("vector", name, ("-(", inner, ")"))
        after: tuple[str | Expression, ...] = (")",)
        if name in ("round", "clamp_max", "clamp_min") and rng.random() < 0.8:
            after = (", ", self.scalar(depth - 2), ")")
        elif name in ("clamp_max", "clamp_min"):
            after = (", 3)",)
        elif name == "clamp":
            after = (", ", self.scalar(depth - 2), ", ", self.scalar(depth - 2), ")")
        return Expression("vector", name, (f"{name}(", inner, *after))

    def grouping(self) -> str:
        return self.rng.choice(["", f" by ({self.labels()})", f" by ({self.labels()})",
                                f" without ({self.labels()})"])

    def aggregation(self, depth: int) -> Expression:
        rng = self.rng
        name = rng.choice([*self.aggregations, "quantile", "count_values"])
        parameter = ""
        if name == "quantile":
            parameter = rng.choice(["0", "0.5", "0.95", "1", "-0.1", "1.1", "NaN"]) + ", "
        elif name == "count_values":
            parameter = '"value", '
        return self.aggregated(name, parameter, self.vector(depth - 1))

    def aggregated(self, name: str, parameter: str, argument: Expression) -> Expression:
        grouping = self.grouping()
        if self.rng.random() < 0.5:
            return Expression("vector", name, (f"{name}({parameter}", argument, f"){grouping}"))
        return Expression("vector", name, (f"{name}{grouping} ({parameter}", argument, ")"))

    def with_scalar(self, depth: int) -> Expression:
        rng = self.rng
        operator = rng.choice(["+", "-", "*", "/", "%", "==", "!=", ">", "<", ">=", "<=",
                               "> bool", "== bool", "<= bool"])
        sides = [self.vector(depth - 1), self.scalar(depth - 1)]
        rng.shuffle(sides)
        return Expression("vector", operator, ("(", sides[0], f") {operator} (", sides[1], ")"))

    def binary_operator(self) -> str:
        return self.rng.choice(["+", "-", "*", "/", "%", "==", "!=", ">", "<", ">=", "<=",
                                "> bool", "== bool", "and", "or", "unless"])

    def matching(self, operator: str, labels: str) -> str:
        rng = self.rng
        matching = rng.choice([f"on({labels})", f"on({labels})", f"ignoring({self.labels()})"])
        if operator in ("and", "or", "unless"):
            return rng.choice([matching, ""])
        include = rng.choice(["", "()", "(unit)", "(rack, zone)", "(missing)"])
        return rng.choice(["", matching, f"{matching} group_left{include}",
                           f"{matching} group_right{include}"])

    def related(self, depth: int) -> Expression:
        """Two metrics whose labels meet."""
        left, right, labels = self.rng.choice(self.related_metrics)
        operator = self.binary_operator()
        matching = self.matching(operator, ", ".join(labels))
        sides = []
        for metric in (left, right):
            side = self.selector(metric)
            if depth > 1 and self.rng.random() < 0.4:
                side = Expression("vector", "rate", ("rate(", self.range_selector(metric), ")"))
            if self.rng.random() < 0.3:
                name = self.rng.choice(["sum", "max", "avg"])
                side = Expression("vector", name,
                                  (f"{name} by ({', '.join(labels)}) (", side, ")"))
            sides.append(side)
        return Expression("vector", operator, (sides[0], f" {operator} {matching} ", sides[1]))

    def pair(self, depth: int) -> Expression:
        """A vector and something made of the same one, so that their labels meet."""
        operator = self.binary_operator()
        left = self.vector(depth - 1)
        right = self.rng.choice([left, self.vector(depth - 1),
                                 Expression("vector", "abs", ("abs(", left, ")"))])
        matching = self.rng.choice(["", "", self.matching(operator, self.labels())])
        return Expression("vector", operator,
                          ("(", left, f") {operator} {matching} (", right, ")"))

    def histogram(self, depth: int) -> Expression:
        rng = self.rng
        buckets = self.selector("rpc_duration_seconds_bucket")
        if rng.random() < 0.6:
            name = rng.choice(["rate", "increase", "irate", "max_over_time"])
            buckets = Expression("vector", name,
                                 (f"{name}(", self.range_selector("rpc_duration_seconds_bucket"),
                                  ")"))
        if rng.random() < 0.4:
            name = rng.choice(["sum", "max", "avg"])
            grouping = rng.choice(["by (le)", "by (le, rpc)", "without (rpc)"])
            buckets = Expression("vector", name, (f"{name} {grouping} (", buckets, ")"))
        return self.histogram_call(buckets)

    def histogram_call(self, buckets: Expression) -> Expression:
        quantile = self.rng.choice(["0", "0.25", "0.5", "0.9", "0.99", "1", "-1", "2", "NaN"])
        if self.rng.random() < 0.15:
            name = self.rng.choice(HISTOGRAM_FUNCTIONS)
            return Expression("vector", name, (f"{name}(", buckets, ")"))
        return Expression("vector", "histogram_quantile",
                          (f"histogram_quantile({quantile}, ", buckets, ")"))

    def label_call(self, depth: int) -> Expression:
        rng = self.rng
        inner = self.vector(depth - 1)
        if rng.random() < 0.4:
            sources = "".join(f', "{label}"' for label in rng.sample(self.label_names, rng.randint(0, 3)))
            return Expression("vector", "label_join",
                              ("label_join(", inner, f', "joined", "-"{sources})'))
        target = rng.choice(["host", "new", "queue", "__name__"])
        replacement = rng.choice(["$1", "x-$1", "${1}y", "", "$$", "$2"])
        pattern = rng.choice(["(.*)", "(.*)-(.*)", "host-([0-9])", "", "(?P<a>.)(.*)", "nothing"])
        return Expression("vector", "label_replace",
                          ("label_replace(", inner, f', "{target}", "{replacement}", '
                           f'"{rng.choice(self.label_names)}", "{pattern}")'))

    def rarer(self, depth: int) -> Expression:
        rng = self.rng
        if rng.random() < 0.5:
            return Expression("vector", "timestamp", ("timestamp(", self.selector(), ")"))
        return Expression("vector", "()", ("(", self.vector(depth - 1), ")"))

    # Whole queries

    def chosen(self, depth: int) -> Expression:
        """The k largest or smallest: the last thing that happens, since ties are free."""
        name = self.rng.choice(self.choosing)
        k = self.rng.choice(["1", "2", "3", "5", "0", "-1", "2.7", "100"])
        return self.aggregated(name, k + ", ", self.vector(depth - 1))

    def of_c_library(self, depth: int) -> Expression:
        """A function of the C library, and around it only what leaves its last digit small."""
        rng = self.rng
        inner = self.vector(depth - 1)
        kind = rng.randrange(5)
        if kind == 0:
            number = rng.choice(["2", "0.5", "-1", "3", "10"])
            inner = Expression("vector", "^", ("(", inner, f") ^ {number}"))
        elif kind == 1:
            inner = Expression("vector", "atan2", ("(", inner, ") atan2 (", self.scalar(0), ")"))
        else:
            name = rng.choice(C_LIBRARY_FUNCTIONS)
            inner = Expression("vector", name, (f"{name}(", inner, ")"))
        around = rng.choice([None, None, "abs", "-", "max", "min"])
        if around in ("max", "min"):
            return self.aggregated(around, "", inner)
        return Expression("vector", around, (f"{around}(", inner, ")")) if around else inner

    def spoiled(self, depth: int) -> Expression:
        """A query with a character lost, doubled or put where it does not belong."""
        text = str(self.vector(depth))
        place = self.rng.randrange(len(text))
        middle = self.rng.choice(["", text[place] * 2, self.rng.choice("()[]{},\"'=~!@:+ x5")])
        return Expression("vector", "spoiled", (text[:place] + middle + text[place + 1:],))

    def query(self) -> Expression:
        rng = self.rng
        depth = rng.choice([1, 2, 2, 3, 3, 4])
        kind = rng.random()
        if kind < 0.04:
            return Expression("vector", "invalid", (rng.choice(self.invalid),))
        if kind < 0.08:
            return self.spoiled(depth)
        if kind < 0.10:
            return self.range_vector(depth)
        if kind < 0.14:
            return self.scalar(depth)
        if kind < 0.15:
            return Expression("string", "string", (rng.choice(['"a"', "'\\u00e9<'", "`\\n`"]),))
        if kind < 0.22:
            return self.chosen(depth)
        if kind < 0.32:
            return self.of_c_library(depth)
        return self.vector(depth)

    def question(self) -> Question:
        """A query and times, often on the very timestamps of samples, at times beside the data."""
        rng = self.rng
        expression = self.query()
        start = data.FIRST_SECOND + rng.randrange(-300, data.SECONDS + 600, 15)
        if rng.random() < 0.4:
            start = round(start + rng.uniform(0, 15), 3)
        if rng.random() < 0.6:
            return Question(expression, start)
        step = rng.choice([7, 15, 30, 33.5, 60, 60, 300, 600])
        length = rng.randint(0, 25) * step + rng.choice([0, 0, 0.25])
        return Question(expression, start, round(start + length, 3), step)


def questions(grammar: type[Grammar], seed: int, count: int) -> list[Question]:
    maker = grammar(random.Random(f"queries {seed}"))
    return [maker.question() for _ in range(count)]
