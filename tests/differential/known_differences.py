"""What Prometheus changed on purpose between 2.42 and 3.16, as far as generated queries meet it.

An entry excuses a difference only in the smallest query that still shows it, and only if that
query and both answers look as the change makes them look.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import math
import re
from collections.abc import Callable, Sequence

from comparison import C_LIBRARY_TOLERANCE, Difference, tolerance
from judging import Judge, Judged
from queries import Expression

LOGARITHMS_OF_SMALLEST = (math.log(5e-324), math.log10(5e-324))

Values = Sequence[tuple[float | None, float | None]]


@dataclasses.dataclass(frozen=True)
class KnownDifference:
    """A change, the release that made it (and its pull request), and what it looks like.

    `without` makes a query in which what changed takes no part, as a proof: both must answer that
    one alike.
    """

    name: str
    release: str
    what: str
    explains: Callable[[Judged], bool]
    without: Callable[[Expression], Expression] | None = None


def outermost(judged: Judged, *names: str) -> bool:
    """Whether the query is a call of one of these, or a bare subquery of one."""
    expression = judged.question.expression
    if expression.name == "subquery" and "subquery" not in names:
        expression = expression.children[0]
    return expression.name in names


def values(judged: Judged) -> Values:
    """Theirs and ours of each differing sample; empty if anything but values differs."""
    if any(difference.what != "value" for difference in judged.differences):
        return []
    return [tuple(None if text is None else float(text)
                  for text in (difference.theirs, difference.ours))
            for difference in judged.differences]


def all_values(judged: Judged, holds: Callable[[float, float], bool]) -> bool:
    """Whether there are differing values, on both sides, and `holds` is true of all pairs."""
    pairs = values(judged)
    return bool(pairs) and all(theirs is not None and ours is not None and holds(theirs, ours)
                               for theirs, ours in pairs)


def only_refused_by(judged: Judged, side: str, text: str) -> bool:
    """Whether one side answers what the other refuses with an error that says `text`."""
    first: Difference = judged.differences[0]
    refused, answered = ((first.theirs, first.ours) if side == "theirs"
                         else (first.ours, first.theirs))
    return first.what == "status" and text in str(refused) and answered == "success"


def ties(judged: Judged) -> bool:
    """Whether at each time both keep the same values, of different series; limitk: as many."""
    if not outermost(judged, "topk", "bottomk", "limitk") or not values(judged):
        return False
    if any(difference.theirs is not None and difference.ours is not None
           for difference in judged.differences):
        return False
    if outermost(judged, "limitk"):
        return as_many_series(judged)
    kept = collections.defaultdict(lambda: ([], []))
    for difference in judged.differences:
        for side, value in zip(kept[difference.time], (difference.theirs, difference.ours)):
            if value is not None:
                side.append("0" if value == "-0" else value)
    return all(sorted(theirs) == sorted(ours) for theirs, ours in kept.values())


def as_many_series(judged: Judged) -> bool:
    """Whether at each time both have as many series that the other has not."""
    kept = collections.defaultdict(lambda: (set(), set()))
    for difference in judged.differences:
        labels = difference.labels[:difference.labels.rindex("}") + 1]
        kept[difference.time][0 if difference.ours is None else 1].add(labels)
    return all(len(theirs) == len(ours) for theirs, ours in kept.values())


def predicts_from_a_moved_range(judged: Judged) -> bool:
    """Whether the smallest query predicts from a range with @, which 2.42 moves step by step."""
    return judged.differences[0].what in ("value", "status") and any(
        node.name == "predict_linear" and "@" in str(node.children[0])
        for node in judged.question.expression.walk() if node.children)


def of_a_newline(judged: Judged) -> bool:
    """Whether a dot chooses, and what differs is series with a newline in a label or their absence.

    Only notes hold newlines.
    """
    query = judged.question.query
    if not re.search(r'[=!]~"[^"]*\.', query) or not values(judged):
        return False
    if outermost(judged, "absent", "absent_over_time"):
        return bool(re.search(r'note[=!]~"[^"]*\.', query))
    return all("\\n" in difference.labels for difference in judged.differences)


def evaluated_on_no_step(judged: Judged) -> bool:
    """Whether 2.42 alone has an error, or samples, from what stands with @ in a subquery."""
    if not any(node.name == "subquery" and "@" in str(node.children[0])
               for node in judged.question.expression.walk()):
        return False
    alone = all(theirs is not None and ours is None for theirs, ours in values(judged))
    return (only_refused_by(judged, "theirs", "")
            or outermost(judged, "subquery") and bool(values(judged)) and alone)


def of_an_aggregation_parameter_at(judged: Judged) -> bool:
    """Whether the parameter of an aggregation has an @."""
    return bool(re.search(r"(topk|bottomk|limitk|limit_ratio|quantile) *((by|without) *\([^)]*\))?"
                          r" *\(+scalar\([^,]* @ ", judged.question.query))


def of_nested_subqueries_at(judged: Judged) -> bool:
    """Whether a subquery stands in a subquery, one of them with an @, and ours alone samples."""
    nested = (node for node in judged.question.expression.walk() if node.name == "subquery")
    return (bool(values(judged)) and all(theirs is None for theirs, _ in values(judged))
            and any("@" in str(node) and any(inner.name == "subquery"
                                             for child in node.children for inner in child.walk())
                    for node in nested))


def of_partly_folded_case(judged: Judged) -> bool:
    """Whether a part of a regular expression takes letters large and small alike."""
    return bool(re.search(r'[=!]~"(?!\(\?i:[^()]*\)")[^"]*\(\?i:', judged.question.query))


def spelled_out(expression: Expression) -> Expression:
    """The query with both forms of each letter written down.

    A third one that never comes keeps Go from making the same of it.
    """
    def both(part: re.Match[str]) -> str:
        return "".join(f"[{letter.upper()}{letter.lower()}\\\\x00]" if letter.isalpha() else letter
                       for letter in part[1])
    return dataclasses.replace(
        expression, parts=(re.sub(r"\(\?i:([^()]*)\)", both, str(expression)),))


def lost_its_name(judged: Judged) -> bool:
    """Whether each sample is there on both sides, on theirs with a metric name."""
    if not outermost(judged, "atan2") or not values(judged):
        return False
    named = [json.loads(difference.labels) for difference in judged.differences
             if difference.ours is None]
    unnamed = {difference.labels for difference in judged.differences if difference.theirs is None}
    return len(named) * 2 == len(judged.differences) and unnamed == {
        json.dumps({label: value for label, value in labels.items() if label != "__name__"},
                   sort_keys=True, ensure_ascii=False) for labels in named}


def absent_of_two_matchers(judged: Judged) -> bool:
    """Whether a label is only there on one side, and two matchers name it."""
    if not outermost(judged, "absent", "absent_over_time") or not values(judged):
        return False
    names = re.findall(r'(\w+)(?:=~|!~|!=|=)"', judged.question.query)
    repeated = {name for name in names if names.count(name) > 1}
    kept = {frozenset(name for name in json.loads(difference.labels) if name not in repeated)
            for difference in judged.differences}
    return bool(repeated) and len(kept) == 1


def last_digits_of_counted_values(judged: Judged) -> bool:
    """Whether both count the same values of the C library, but for their last digits."""
    if not (outermost(judged, "count_values") and tolerance(judged.question) and values(judged)):
        return False

    def numbers(side: str) -> list[float]:
        return sorted(float(number) for difference in judged.differences
                      if getattr(difference, side) is not None
                      for number in re.findall(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?",
                                               difference.labels))
    theirs, ours = numbers("theirs"), numbers("ours")
    return len(theirs) == len(ours) and all(
        math.isclose(a, b, rel_tol=C_LIBRARY_TOLERANCE) for a, b in zip(theirs, ours))


def of_empty_buckets(judged: Judged) -> bool:
    """Whether histograms are in play and what differs is what a bucket without count can make."""
    if "native_" not in judged.question.query:
        return False
    if outermost(judged, "*", "/"):
        return bool(values(judged)) and all(
            " bucket " in difference.labels and difference.theirs == "NaN"
            and difference.ours is None for difference in judged.differences)
    return bool(values(judged)) and any(
        node.name in ("==", "!=", "== bool", "!= bool", "histogram_quantile", "histogram_quantiles",
                      "histogram_fraction", "</", ">/", "changes", "count_values")
        for node in judged.question.expression.walk())


def without_empty_buckets(expression: Expression) -> Expression:
    """The query with every selected vector summed by all its labels, which drops such buckets."""
    def summed(node: Expression) -> Expression:
        if node.name == "selector":
            return dataclasses.replace(node, parts=("sum without () (", *node.parts, ")"))
        if node.name == "range selector":
            selector, duration, modifiers = re.fullmatch(r"(.*)\[([^]]*)\]([^]]*)", str(node)).groups()
            subquery = f"(sum without () ({selector}))[{duration}:1m]{modifiers}"
            return dataclasses.replace(node, parts=(subquery,))
        return node
    return expression.map(summed)


def without_sorting(expression: Expression) -> Expression:
    return expression.map(lambda node: node.children[0] if node.name.startswith("sort") else node)


def around_arguments(before: str, after: str, *names: str) -> Callable[[Expression], Expression]:
    """What puts text around the vector that each call of these functions gets."""
    return lambda expression: expression.map(
        lambda node: node.with_argument(before, after) if node.name in names else node)


def rewritten(pattern: str, replacement: str) -> Callable[[Expression], Expression]:
    """What replaces text in the whole query."""
    return lambda expression: dataclasses.replace(
        expression, parts=(re.sub(pattern, replacement, str(expression)),))


KNOWN_DIFFERENCES = [
    KnownDifference(
        "topk-ties", "2.44.0 (#12190)",
        "topk and bottomk keep another of several equal values; 2.42 picks at random in a range",
        ties),
    KnownDifference(
        "stddev-infinity", "3.0.0 (#14941)",
        "stddev and stdvar of a group that begins with an infinity or NaN are NaN",
        lambda judged: outermost(judged, "stddev", "stdvar")
        and all_values(judged, lambda theirs, ours: math.isnan(theirs) != math.isnan(ours)),
        around_arguments("((", ") < Inf > -Inf)", "stddev", "stdvar")),
    KnownDifference(
        "bucket-tolerance", "2.49.0 (#13153)",
        "histogram_quantile takes bucket counts as equal that differ by less than 1e-12, relative",
        lambda judged: outermost(judged, "histogram_quantile") and bool(values(judged)),
        around_arguments("round((", "), 1e-6)", "histogram_quantile")),
    KnownDifference(
        "kahan-infinity", "2.54.0 (fd6bdf5230)",
        "a compensated sum that reaches an infinity stays infinite instead of becoming NaN",
        lambda judged: outermost(judged, "sum_over_time", "stddev_over_time", "stdvar_over_time")
        and all_values(judged, lambda theirs, ours: math.isnan(theirs) and math.isinf(ours))),
    KnownDifference(
        "predict-linear-at", "2.51.0 (#13559)",
        "predict_linear over a range with @ no longer moves that range from step to step",
        predicts_from_a_moved_range,
        rewritten(r" @ (start\(\)|end\(\)|[0-9.]+)", "")),
    KnownDifference(
        "dot-newline", "3.0.0 (#14505)",
        "the dot of a regular expression matches a newline too",
        of_a_newline,
        rewritten(r'~"((?:[^"\\]|\\.)*)"', r'~"(?s:\1)"')),
    KnownDifference(
        "atan2-name", "2.47.0 (#12595)",
        "atan2 drops the metric name",
        lost_its_name),
    KnownDifference(
        "empty-subquery", "3.4.0 (#16352)",
        "what hangs on no step is no longer evaluated in a subquery that has no steps",
        evaluated_on_no_step),
    KnownDifference(
        "utf8-label-names", "3.0.0, 3.3.0 (#15974)",
        "label_replace, label_join, count_values and by() take label names that 2.42 refuses",
        lambda judged: outermost(judged, "label_replace", "label_join", "count_values", "spoiled")
        and any(text in str(judged.differences[0].theirs)
                for text in ("invalid label name", "invalid destination label name",
                             "invalid source label name", "in grouping opts, expected label"))),
    KnownDifference(
        "numbers-as-durations", "2.54.0 (#9138)",
        "numbers and durations stand for each other",
        lambda judged: outermost(judged, "spoiled") and any(
            text in str(judged.differences[0].theirs)
            for text in ("expected duration", "bad number or duration syntax",
                         "not a valid duration string", "missing unit character in duration",
                         "duration must be greater than 0"))),
    KnownDifference(
        "comparison-many-to-one", "3.9.0 (#17668)",
        "a filtering comparison refuses many-to-one matches that it would have filtered out",
        lambda judged: outermost(judged, "==", "!=", "<", ">", "<=", ">=", "invalid",
                                 "spoiled")
        and only_refused_by(judged, "ours", "multiple matches for labels: ")),
    KnownDifference(
        "minus-merges", "3.9.0 (#17708)",
        "unary minus merges series that are equal without their name but never meet in time",
        lambda judged: outermost(judged, "-")
        and only_refused_by(judged, "theirs", "same labelset")),
]

# Functions of 2.42 that have another name since 3.0.0 (#14930): promlite is asked by the new one.
RENAMED = {"holt_winters": "double_exponential_smoothing"}

# What is no change: it answers differently each time, or is a fault of Prometheus' language, Go.
OF_EVERY_RELEASE = [
    KnownDifference(
        "log-of-subnormal", "none: Go's library on amd64",
        "ln and log10 of the smallest numbers are wrong: as large as those of the smallest normal one",
        lambda judged: outermost(judged, "ln", "log10")
        and all_values(judged, lambda theirs, ours: ours in LOGARITHMS_OF_SMALLEST)),
    KnownDifference(
        "cosh-overflow", "none: Go's library",
        "cosh and sinh are infinite already where the exponential function is, not its half",
        lambda judged: outermost(judged, "cosh", "sinh")
        and all_values(judged, lambda theirs, ours: math.isinf(theirs) and abs(ours) > 8e307)),
    KnownDifference(
        "partly-folded-case", "none: a fault of 3.16",
        "a matcher whose regular expression has alternatives of which (?i:…) covers a part takes other "
        "values than the regular expression does",
        of_partly_folded_case, spelled_out),
    KnownDifference(
        "parameter-at", "none: a fault of 3.16",
        "in a range the parameter of an aggregation is read at its @ and then sought at each step",
        of_an_aggregation_parameter_at,
        rewritten(r" @ (start\(\)|end\(\)|[0-9.]+)", "")),
    KnownDifference(
        "nested-fixed-subquery", "none: a fault of 3.16",
        "of a subquery in a subquery, one of them with @, too few steps are evaluated",
        of_nested_subqueries_at,
        rewritten(r" @ (start\(\)|end\(\)|[0-9.]+)", "")),
    KnownDifference(
        "counted-last-digits", "none: Go's library",
        "count_values makes labels of values of the C library, last digits and all",
        last_digits_of_counted_values),
    KnownDifference(
        "empty-buckets", "none: every release",
        "which buckets without count a histogram has hangs on the other samples of its chunk; "
        "equality, NaN from 0, and the zero bucket's bounds show it",
        of_empty_buckets, without_empty_buckets),
    KnownDifference(
        "custom-zero-bucket", "none: a fault of 3.16",
        "a histogram with bounds of its own has a count of zeros after a division of 0 by 0, of "
        "which its text cannot be made",
        lambda judged: outermost(judged, "count_values") and only_refused_by(
            judged, "theirs", "histograms with custom buckets have no zero bucket")),
    KnownDifference(
        "topk-ties", "none: every release",
        "which of several equal values topk, bottomk and limitk keep hangs on the order of computed "
        "series, which is random",
        lambda judged: ties(judged) and any(
            child.name != "selector" for child in judged.question.expression.children)),
    KnownDifference(
        "signed-zeros", "none: every release",
        "which of 0 and -0 stands in the middle of many samples hangs on how equal ones are sorted",
        lambda judged: outermost(judged, "quantile", "quantile_over_time", "mad_over_time")
        and all_values(judged, lambda theirs, ours: theirs == ours == 0)),
    KnownDifference(
        "multiples-of-pi", "none: Go's library",
        "close to a zero of sin, cos and tan, the last digits that differ are absolute ones",
        lambda judged: outermost(judged, "sin", "cos", "tan")
        and all_values(judged, lambda theirs, ours: abs(theirs - ours) < 1e-15)),
    KnownDifference(
        "absent-matchers", "none: every release",
        "reading one block sorts the query's matchers, reading several or none does not; of one "
        "label that two of them name, absent keeps what the first = says, unless another follows",
        absent_of_two_matchers),
    KnownDifference(
        "sorted-at-random", "none: every release",
        "in a range sort leaves a random order; sums show it, and widened zero buckets",
        lambda judged: outermost(judged, "sum", "avg", "stddev", "stdvar")
        and judged.question.step is not None
        and any(node.name.startswith("sort") for node in judged.question.expression.walk())
        and bool(values(judged)), without_sorting),
    KnownDifference(
        "last-digits", "none: every release",
        "count_values leaves a random order, and so do series that become one without their names; "
        "sums show it",
        lambda judged: outermost(judged, "sum", "avg", "stddev", "stdvar")
        and any(node.name == "count_values" or "__name__" in str(node)
                for node in judged.question.expression.walk())
        and all_values(judged, lambda theirs, ours: math.isclose(theirs, ours, rel_tol=1e-12))),
    KnownDifference(
        "pair-named", "none: every release",
        "an error names one group and two of its duplicate series, in the order of computed series",
        lambda judged: judged.differences[0].what == "error"
        and without_pair(judged.differences[0].theirs) == without_pair(judged.differences[0].ours)),
]


def without_pair(error: str | None) -> str:
    return re.sub(r"match group \{.*\} on|\[\{.*\}, \{.*\}\]", "…", error or "")


def explanation(judge: Judge, judged: Judged,
                known: Sequence[KnownDifference]) -> KnownDifference | None:
    def proved(entry: KnownDifference) -> bool:
        if entry.without is None:
            return True
        expression = entry.without(judged.question.expression)
        return not judge.differing([dataclasses.replace(judged.question, expression=expression)])

    return next((entry for entry in known if entry.explains(judged) and proved(entry)), None)
