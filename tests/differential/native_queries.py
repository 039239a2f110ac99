"""Questions about native histograms, and about what info() adds to series."""

from __future__ import annotations

import random
from collections.abc import Callable

from data import HOSTS
from native_data import INSTANCES, JOBS, ROUTES, VERSIONS
from queries import Expression
from queries_of_3 import GrammarOf3

METRICS: dict[str, dict[str, list[str]]] = {
    "native_seconds": {"host": HOSTS, "route": ROUTES},
    "native_change": {"host": HOSTS, "route": ROUTES},
    "native_floats": {"host": HOSTS},
    "native_gauge": {"host": HOSTS},
    "native_not_a_number": {"host": HOSTS},
    "native_steady": {"host": HOSTS, "le": ["+Inf", "5.0", ""]},
    "native_custom": {"host": HOSTS, "route": ROUTES},
    "native_bounds": {"host": HOSTS, "route": ROUTES},
    "native_mixed": {"host": HOSTS, "route": ROUTES},
    "native_any": {"host": HOSTS},
    "native_either": {"host": HOSTS},
    "native_latency": {"job": JOBS, "instance": INSTANCES},
    "native_both": {"host": HOSTS},
    "native_both_bucket": {"host": HOSTS, "le": ["0.5", "1.0", "+Inf"]},
    "level": {"host": HOSTS},
    "requests_total": {"job": JOBS, "instance": INSTANCES, "version": ["of its own", ""]},
    "target_info": {"job": JOBS, "instance": INSTANCES, "version": VERSIONS},
    "build_info": {"job": JOBS, "revision": ["a", "b"]},
}
LABELS = ["host", "route", "job", "instance", "version", "region", "le", "missing", "__type__",
          "__unit__"]
RELATED = [("native_seconds", "native_custom", ["host", "route"]),
           ("native_seconds", "native_change", ["host", "route"]),
           ("native_custom", "native_bounds", ["host", "route"]),
           ("native_mixed", "native_any", ["host"]), ("native_any", "level", ["host"]),
           ("level", "native_floats", ["host"]), ("native_mixed", "level", ["host"]),
           ("native_seconds", "native_gauge", ["host"]),
           ("native_latency", "requests_total", ["job", "instance"]),
           ("native_latency", "target_info", ["job", "instance"]),
           ("native_gauge", "native_gauge", ["host"])]
DURATIONS = ["1m", "2m", "3m", "5m", "7m", "10m", "30m", "1h", "299s", "30s"]
QUANTILES = ["0", "0.1", "0.5", "0.9", "0.99", "1", "-1", "2", "NaN"]
BOUNDARIES = ["0, 1", "-Inf, 0.5", "0.05, +Inf", "1, 0", "NaN, 1", "0.3, 0.7", "-2, 2", "-0.1, 0.1",
              "-Inf, +Inf", "1, 1", "0.1, 5"]
OF_HISTOGRAM = ["histogram_count", "histogram_sum", "histogram_avg", "histogram_stddev",
                "histogram_stdvar"]
INFO_SELECTORS = ["", "", '{version=~".+"}', '{version="1.0"}', '{region=~".*"}', '{region=~".+"}',
                  '{version!="1.1"}', '{version!~"1.*"}', '{missing=~".*"}', '{missing=~".+"}',
                  '{region="east",version=~"1.*"}', '{__name__="build_info"}',
                  '{__name__="build_info",revision=~".+"}', '{__name__=~".*_info"}',
                  '{__name__=~".*_info",version=~".+"}', '{__name__="target_info",region=""}',
                  '{version=""}', '{job="api"}', '{instance=~".*"}', '{__name__!="build_info"}',
                  '{revision="a"}', '{__name__=~"target_info|build_info",revision=~"a|b"}',
                  '{__name__="requests_total"}', '{__name__="native_latency"}', '{version=~"|1.0"}',
                  '{version=~".*", version!="1.0"}', '{version="1.0", version="1.1"}']


class NativeGrammar(GrammarOf3):
    """The whole language of 3.16 over histograms; its classic ones only beside native ones."""

    metrics = METRICS
    label_names = LABELS
    related_metrics = RELATED

    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.makers: list[Callable[[int], Expression]] = [
            self.range_call, self.range_call, self.range_call, self.call, self.aggregation,
            self.aggregation, self.with_scalar, self.pair, self.related, self.related,
            self.histogram, self.histogram, self.trimmed, self.label_call, self.information,
            self.absolute_call]

    def duration(self) -> str:
        return self.rng.choice(DURATIONS) if self.rng.random() < 0.95 else super().duration()

    def matchers(self, metric: str) -> str:
        return super().matchers(metric) if self.rng.random() < 0.3 else ""

    def name_and_matchers(self, metric: str | None = None) -> str:
        """At times several metrics: histograms of all kinds, and numbers, in one vector."""
        if metric is None and self.rng.random() < 0.1:
            names = "|".join(self.rng.sample(list(METRICS), self.rng.randint(2, 4)))
            return f'{{__name__=~"{names}"}}'
        return super().name_and_matchers(metric)

    def vector(self, depth: int) -> Expression:
        if depth <= 0 or self.rng.random() < 0.08:
            return self.selector()
        return self.rng.choice(self.makers)(depth)

    def trimmed(self, depth: int) -> Expression:
        rng = self.rng
        bound = rng.choice(["0", "1", "0.5", "-1", "0.3", "1.7", "Inf", "-Inf", "NaN", "0.1", "5"])
        operator = rng.choice(["</", ">/"])
        inner = self.vector(depth - 1)
        if rng.random() < 0.1:
            return Expression("vector", operator, (f"{bound} {operator} (", inner, ")"))
        return Expression("vector", operator, ("(", inner, f") {operator} {bound}"))

    def histogram(self, depth: int) -> Expression:
        buckets = self.vector(depth - 1)
        if self.rng.random() < 0.3:
            buckets = self.aggregated("sum", "", buckets)
        return self.histogram_call(buckets)

    def histogram_call(self, buckets: Expression) -> Expression:
        rng = self.rng
        kind = rng.randrange(6)
        if kind == 0:
            return Expression("vector", "histogram_fraction", (
                f"histogram_fraction({rng.choice(BOUNDARIES)}, ", buckets, ")"))
        if kind == 1:
            quantiles = rng.choice(["0.5", "0.1, 0.5, 0.99", "0, 1", "-1, 2", "NaN"])
            return Expression("vector", "histogram_quantiles",
                              ("histogram_quantiles(", buckets, f', "q", {quantiles})'))
        if kind < 4:
            return Expression("vector", "histogram_quantile", (
                f"histogram_quantile({rng.choice(QUANTILES)}, ", buckets, ")"))
        name = rng.choice(OF_HISTOGRAM)
        return Expression("vector", name, (f"{name}(", buckets, ")"))

    def information(self, depth: int) -> Expression:
        rng = self.rng
        inner = rng.choice([self.selector("requests_total"), self.selector("native_latency"),
                            self.of_two_times(), self.without_a_label(),
                            Expression("vector", "rate", (
                                "rate(", self.range_selector("requests_total"), ")")),
                            self.vector(depth - 1)])
        selector = rng.choice(INFO_SELECTORS)
        if selector and rng.random() < 0.1:
            selector += self.modifiers()
        after = f", {selector})" if selector else ")"
        return Expression("vector", "info", ("info(", inner, after))

    def of_two_times(self) -> Expression:
        """Two selectors, so that they look at one time or at two."""
        return Expression("vector", "+", (self.selector("requests_total"), " + on(job, instance) ",
                                          self.selector("native_latency")))

    def without_a_label(self) -> Expression:
        """A series that has only one of the labels that info() goes by, or both."""
        label = self.rng.choice(["job", "instance"])
        return self.aggregated("sum", "", self.selector("requests_total")) if label == "job" else (
            Expression("vector", "sum", ("sum by (instance) (", self.selector("requests_total"),
                                         ")")))

    def absolute_call(self, depth: int) -> Expression:
        name = self.rng.choice(["absent", "timestamp", "scalar", "count_values", "-"])
        inner = self.vector(depth - 1)
        if name == "scalar":
            return Expression("vector", "vector", ("vector(scalar(", inner, "))"))
        if name == "count_values":
            return self.aggregated(name, '"value", ', inner)
        return Expression("vector", name, (f"{name}(", inner, ")"))

    def query(self) -> Expression:
        rng = self.rng
        depth = rng.choice([1, 1, 2, 2, 2, 3, 3, 4])
        kind = rng.random()
        if kind < 0.02:
            return self.spoiled(depth)
        if kind < 0.06:
            return self.range_vector(depth)
        if kind < 0.12:
            return self.chosen(depth)
        if kind < 0.14:
            return self.of_c_library(1)
        return self.vector(depth)
