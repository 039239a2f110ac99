"""What differs between two bodies of Prometheus' HTTP API."""

from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Iterator
from typing import Any

from queries import Question

Body = dict[str, Any]
Cells = dict[tuple[str, float], str]

C_LIBRARY = re.compile(r"\b(exp|ln|log2|log10|a?sinh?|a?cosh?|a?tanh?|atan2)\b|\^")
# Exponential buckets are interpolated by exp2 and log2, classic ones are not.
EXPONENTIAL = re.compile(r"(?=.*\bnative_).*(histogram_(quantiles?|fraction)\(|[<>]/)", re.DOTALL)
C_LIBRARY_TOLERANCE = 1e-12
SORTED = re.compile(r"^(sort|sort_desc)\(")


@dataclasses.dataclass(frozen=True)
class Difference:
    """One thing that differs: `what` is "status", "error", "type", "order", "annotations" or
    "value"; the latter has the labels (as JSON) and the time of its cell. None: nothing there."""

    what: str
    theirs: str | None
    ours: str | None
    labels: str = ""
    time: float = 0

    def __str__(self) -> str:
        where = f" of {self.labels} at {self.time:.3f}" if self.what == "value" else ""
        return f"{self.what}{where}: Prometheus {self.theirs}, promlite {self.ours}"


def tolerance(question: Question) -> float:
    """The last digits of the C library's functions are not Go's."""
    query = question.query
    return C_LIBRARY_TOLERANCE if C_LIBRARY.search(query) or EXPONENTIAL.match(query) else 0


def same_value(a: str, b: str, relative: float = 0) -> bool:
    """Equal to the bit, any NaN being any other; or as close as `relative` says."""
    if a == b:
        return True
    x, y = float(a), float(b)
    if math.isnan(x) or math.isnan(y):
        return math.isnan(x) and math.isnan(y)
    if x == y:
        return math.copysign(1, x) == math.copysign(1, y) or relative > 0
    return relative > 0 and math.isclose(x, y, rel_tol=relative)


def samples_of(series: dict[str, Any], kind: str) -> list[tuple[float, Any]]:
    """The times and values, or histograms, of a series in an instant vector or a matrix."""
    return [series[kind]] if kind in series else series.get(f"{kind}s", [])


def numbers_of(histogram: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The count, the sum and each bucket of a native histogram, with what tells them apart."""
    yield " count", histogram["count"]
    yield " sum", histogram["sum"]
    for boundaries, lower, upper, count in histogram.get("buckets", []):
        yield f" bucket {boundaries} {lower} {upper}", count


def cells(body: Body) -> Cells:
    """Every sample of a result by the labels of its series and its time; a histogram is several."""
    data = body["data"]
    if data["resultType"] in ("scalar", "string"):
        time, value = data["result"]
        return {("{}", time): value}
    found: Cells = {}
    for series in data["result"]:
        labels = json.dumps(series["metric"], sort_keys=True, ensure_ascii=False)
        for time, value in samples_of(series, "value"):
            found[(labels, time)] = value
        for time, histogram in samples_of(series, "histogram"):
            for name, value in numbers_of(histogram):
                found[(labels + name, time)] = value
    return found


def differing_cells(theirs: Cells, ours: Cells, relative: float) -> list[Difference]:
    found = []
    for labels, time in sorted(theirs.keys() | ours.keys()):
        a, b = theirs.get((labels, time)), ours.get((labels, time))
        if a is None or b is None or not same_value(a, b, relative):
            found.append(Difference("value", a, b, labels, time))
    return found


def order_differs(question: Question, theirs: Body, ours: Body) -> bool:
    """Whether a sorted vector comes in another order of values; ties are free."""
    if not SORTED.match(question.query) or theirs["data"]["resultType"] != "vector":
        return False
    values = [[series["value"][1] for series in body["data"]["result"] if "value" in series]
              for body in (theirs, ours)]
    return not all(same_value(a, b, tolerance(question)) for a, b in zip(*values))


def annotations(body: Body) -> list[str] | None:
    """Warnings and infos as a set; None where Prometheus left some out."""
    found = sorted([*body.get("warnings", []), *body.get("infos", [])])
    return None if any("omitted" in text for text in found) else found


def differences(question: Question, theirs: Body, ours: Body, texts: bool) -> list[Difference]:
    """All that differs; with `texts` also error texts and annotations."""
    for key in ("status", "errorType"):
        if theirs.get(key) != ours.get(key):
            shown = [str(body.get("error", body["status"])) for body in (theirs, ours)]
            return [Difference("status" if key == "status" else "error", *shown)]
    if theirs["status"] == "error":
        if texts and theirs["error"] != ours["error"]:
            return [Difference("error", theirs["error"], ours["error"])]
        return []
    types = [body["data"]["resultType"] for body in (theirs, ours)]
    if types[0] != types[1]:
        return [Difference("type", *types)]
    if types[0] == "string":
        values = [body["data"]["result"][1] for body in (theirs, ours)]
        return [] if values[0] == values[1] else [Difference("value", *values)]
    found = differing_cells(cells(theirs), cells(ours), tolerance(question))
    if not found and order_differs(question, theirs, ours):
        found = [Difference("order", json.dumps(theirs["data"]), json.dumps(ours["data"]))]
    if texts:
        remarks = [annotations(body) for body in (theirs, ours)]
        if None not in remarks and remarks[0] != remarks[1]:
            found.append(Difference("annotations", *map(json.dumps, remarks)))
    return found
