"""What Prometheus changed on purpose between 2.42 and 3.14, as far as generated queries meet it.

An entry excuses a difference only in the smallest query that still shows it, and only if that
query and both answers look as the change makes them look.
"""

from __future__ import annotations

import collections
import dataclasses
import math
from collections.abc import Callable, Sequence

from comparison import Difference
from judging import Judged

Values = Sequence[tuple[float | None, float | None]]


@dataclasses.dataclass(frozen=True)
class KnownDifference:
    """A change, the release that made it (and its pull request), and what it looks like."""

    name: str
    release: str
    what: str
    explains: Callable[[Judged], bool]


def outermost(judged: Judged, *names: str) -> bool:
    return judged.question.expression.name in names


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
    """Whether at each time both keep the same values, of different series."""
    if not outermost(judged, "topk", "bottomk") or not values(judged):
        return False
    kept = collections.defaultdict(lambda: ([], []))
    for difference in judged.differences:
        for side, value in zip(kept[difference.time], (difference.theirs, difference.ours)):
            if value is not None:
                side.append(value)
    return all(sorted(theirs) == sorted(ours) for theirs, ours in kept.values())


KNOWN_DIFFERENCES = [
    KnownDifference(
        "topk-ties", "2.44.0 (#12190)",
        "topk and bottomk keep another of several equal values; 2.42 picks at random in a range",
        ties),
    KnownDifference(
        "stddev-infinity", "3.0.0 (#14941)",
        "stddev and stdvar of a group that begins with an infinity or NaN are NaN",
        lambda judged: outermost(judged, "stddev", "stdvar")
        and all_values(judged, lambda theirs, ours: math.isnan(ours))),
    KnownDifference(
        "avg-over-time", "2.55.0, 3.5.0 (#14413, #16569, #16773)",
        "avg_over_time divides the compensated sum instead of moving a mean",
        lambda judged: outermost(judged, "avg_over_time")
        and all_values(judged, lambda theirs, ours: math.isclose(theirs, ours, rel_tol=1e-9))),
    KnownDifference(
        "kahan-infinity", "2.54.0 (fd6bdf5230)",
        "a compensated sum that reaches an infinity stays infinite instead of becoming NaN",
        lambda judged: outermost(judged, "sum_over_time", "avg_over_time")
        and all_values(judged, lambda theirs, ours: math.isnan(theirs) and math.isinf(ours))),
    KnownDifference(
        "holt-winters", "3.0.0 (#14930)",
        "holt_winters is called double_exponential_smoothing and needs an option",
        lambda judged: outermost(judged, "holt_winters")
        and only_refused_by(judged, "ours", 'unknown function with name "holt_winters"')),
]


def explanation(judged: Judged, known: Sequence[KnownDifference]) -> KnownDifference | None:
    return next((entry for entry in known if entry.explains(judged)), None)
