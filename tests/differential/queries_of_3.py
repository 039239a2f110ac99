"""Questions in the whole language of Prometheus 3.16, experimental parts included."""

from __future__ import annotations

import data
from queries import INVALID, RANGE_FUNCTIONS, VECTOR_FUNCTIONS
from queries import Expression, Grammar

DURATION_EXPRESSIONS = ["(1m + 30s)", "(2 * 1m)", "(10m / 4)", "(5m - 30s)", "(1h % 7m)", "step()",
                        "range()", "max_of(step(), 30s)", "min_of(5m, step() * 3)", "300", "90.5",
                        "(2 ^ 3)", "-(1m)", "(1m - 2m)", "(step() + 1)"]
SCALARS = ["start()", "end()", "range()", "step()", "pi()", "max_of(1, 2)", "min_of(NaN, 3)",
           "max_of(step(), 30)", "min_of(end(), time())", "5m", "1_000", "0x_1F", "1h30m"]
INVALID_OF_3 = ["holt_winters(queue_depth[5m], 0.5, 0.5)", "queue_depth anchored",
                "queue_depth[5m] anchored smoothed", "rate((queue_depth)[5m:1m] anchored)",
                "deriv(queue_depth[5m] smoothed)", "max_over_time(queue_depth[5m] anchored)",
                "queue_depth and fill(1) queue_limit", "queue_depth + fill(queue_limit) queue_limit",
                "queue_depth[5m - 5m]", "queue_depth[1m / 0]", "queue_depth[-step()]",
                '{"queue_depth", "queue_limit"}', 'queue_depth{"host"}', '{"queue_depth", host="host-1"}',
                '{"room_temperature_celsius", "zone"="a"}', "limit_ratio(queue_depth)",
                "limit_ratio(2, queue_depth)", "limitk(-1, queue_depth)", "max_of(queue_depth, 1)",
                'histogram_quantiles(queue_depth, "q", 0.5, 2)', "info(queue_depth, queue_limit)",
                "info(queue_depth, {rack=~\".+\"})", "quantile(2, queue_depth)", "1__0", "rate(host_weight[5m])",
                'sort_by_label(queue_depth)', 'label_replace(queue_depth, "é", "x", "host", ".*")',
                "rate(claude_code_commit_count_total[5m] offset -(1m))", "queue_depth offset (1m",
                "sum(rate(sum(queue_depth)[5m:]))", 'quantile_over_time(2, queue_depth[5m])']


# Regular expressions of which a part alone takes letters large and small alike.
PARTLY_INSENSITIVE = ["pLAIN|p(?i:lain)", "N.*|(?i:n)ull", "P.*|(?i:p)lain", "x|(?i:A)|a", "(?i:PLAIN)|a",
                      "nu(?i:LL)"]


class GrammarOf3(Grammar):
    """The grammar of both versions, and what only 3.16 knows."""

    functions = [*VECTOR_FUNCTIONS, "sort_by_label", "sort_by_label_desc", "info",
                 "histogram_avg", "histogram_stddev", "histogram_stdvar"]
    range_functions = [*RANGE_FUNCTIONS, "first_over_time", "mad_over_time",
                       "ts_of_min_over_time", "ts_of_max_over_time", "ts_of_first_over_time",
                       "ts_of_last_over_time"]
    choosing = ["topk", "bottomk", "limitk"]
    invalid = [*INVALID, *INVALID_OF_3]
    smoothing = "double_exponential_smoothing"

    def duration(self) -> str:
        if self.rng.random() < 0.12:
            return self.rng.choice(DURATION_EXPRESSIONS)
        return super().duration()

    def matcher(self, known: dict[str, list[str]]) -> str:
        if "note" in known and self.rng.random() < 0.05:
            return f'note{self.rng.choice(["=~", "!~"])}"{self.rng.choice(PARTLY_INSENSITIVE)}"'
        return super().matcher(known)

    def scalar(self, depth: int) -> Expression:
        if self.rng.random() < 0.15:
            return Expression("scalar", "number", (self.rng.choice(SCALARS),))
        return super().scalar(depth)

    def name_and_matchers(self, metric: str | None = None) -> str:
        if self.rng.random() < 0.04:
            metric = metric or self.metric()
            matchers = ",".join([f'"{metric}"', self.matcher(self.metrics[metric])])
            return f"{{{matchers}}}"
        return super().name_and_matchers(metric)

    def selector(self, metric: str | None = None) -> Expression:
        if self.rng.random() < 0.03:
            text = f"{self.name_and_matchers(metric)} smoothed{self.modifiers()}"
            return Expression("vector", "selector", (text,))
        return super().selector(metric)

    def range_selector(self, metric: str | None = None) -> Expression:
        if self.rng.random() < 0.12:
            modifier = self.rng.choice(["anchored", "smoothed"])
            text = (f"{self.name_and_matchers(metric)}[{self.range_duration()}] {modifier}"
                    f"{self.modifiers()}")
            return Expression("range", "range selector", (text,))
        return super().range_selector(metric)

    def range_call(self, depth: int) -> Expression:
        """Half of the selectors with a modifier stand where one is allowed."""
        if self.rng.random() < 0.04:
            strategy = self.rng.choice(["", ", 0", ", 1", ", 2", ", 1.5", ", NaN", ", time() % 3"])
            return Expression("vector", "integral", ("integral(", self.range_vector(depth),
                                                     f"{strategy})"))
        if self.rng.random() < 0.02:
            return self.twice_fixed(depth)
        if self.rng.random() < 0.08:
            name = self.rng.choice(["rate", "increase", "delta", "changes", "resets"])
            modifier = self.rng.choice(["anchored", "smoothed"])
            text = (f"{self.name_and_matchers()}[{self.range_duration()}] {modifier}"
                    f"{self.modifiers()}")
            argument = Expression("range", "range selector", (text,))
            return Expression("vector", name, (f"{name}(", argument, ")"))
        return super().range_call(depth)

    def twice_fixed(self, depth: int) -> Expression:
        """A subquery in a subquery, both at times of their own."""
        inner = Expression("range", "subquery", (
            "(", self.vector(depth - 1), f")[{self.duration()}:1m]{self.modifiers()}"))
        call = Expression("vector", "max_over_time", ("max_over_time(", inner, ")"))
        outer = Expression("range", "subquery", (call, f"[{self.duration()}:2m]{self.modifiers()}"))
        return Expression("vector", "sum_over_time", ("sum_over_time(", outer, ")"))

    def call(self, depth: int) -> Expression:
        if self.rng.random() < 0.08:
            name = self.rng.choice(["sort_by_label", "sort_by_label_desc"])
            return Expression("vector", name, (f"{name}(", self.vector(depth - 1),
                                               ', "host", "queue", "n")'))
        return super().call(depth)

    def binary_operator(self) -> str:
        if self.rng.random() < 0.03:
            return self.rng.choice(["</", ">/"])
        return super().binary_operator()

    def matching(self, operator: str, labels: str) -> str:
        text = super().matching(operator, labels)
        if operator not in ("and", "or", "unless") and self.rng.random() < 0.25:
            fill = self.rng.choice(["fill(0)", "fill(-1.5)", "fill_left(1)", "fill_right(NaN)",
                                    "fill_left(1) fill_right(2)", "fill(Inf)"])
            return f"{text} {fill}"
        return text

    def histogram_call(self, buckets: Expression) -> Expression:
        rng = self.rng
        if rng.random() < 0.3:
            bounds = rng.choice(["0, 1", "-Inf, 0.5", "0.05, +Inf", "1, 0", "NaN, 1", "0.3, 0.7"])
            return Expression("vector", "histogram_fraction",
                              (f"histogram_fraction({bounds}, ", buckets, ")"))
        if rng.random() < 0.2:
            quantiles = rng.choice(["0.5", "0.1, 0.5, 0.99", "0, 1", "-1, 2", "NaN"])
            return Expression("vector", "histogram_quantiles",
                              ("histogram_quantiles(", buckets, f', "q", {quantiles})'))
        return super().histogram_call(buckets)

    def label_call(self, depth: int) -> Expression:
        if self.rng.random() < 0.1:
            name = self.rng.choice(["new.label", "é", data.NOTES[8]])
            return Expression("vector", "label_replace",
                              ("label_replace(", self.vector(depth - 1),
                               f', "{name}", "$1", "host", "(.*)")'))
        return super().label_call(depth)

    def chosen(self, depth: int) -> Expression:
        if self.rng.random() < 0.05:
            name = self.rng.choice(self.choosing)
            return self.aggregated(name, f"scalar({self.selector()}), ", self.vector(depth - 1))
        if self.rng.random() < 0.25:
            ratio = self.rng.choice(["0.5", "-0.5", "0.1", "1", "-1", "0", "2", "NaN"])
            return self.aggregated("limit_ratio", ratio + ", ", self.vector(depth - 1))
        return super().chosen(depth)
