"""Who is right: asks both, asks a wavering Prometheus again, and makes a differing query small."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from answers import Body, Prometheus, Promlite
from comparison import Difference, cells, differences, same_value, tolerance
from queries import Question

# A wavering Prometheus gives another answer within some runs; each costs as much as the first.
TIMES_ASKED_AGAIN = 20
SMALLER_QUERIES_A_ROUND = 60
ROUNDS = 12


@dataclasses.dataclass(frozen=True)
class Judged:
    """A question, both answers, and all that differs between them."""

    question: Question
    theirs: Body
    ours: Body
    differences: list[Difference]


class Judge:
    """Compares what a Prometheus and promlite say; with `texts` also what they say in words."""

    def __init__(self, prometheus: Prometheus, promlite: Promlite, texts: bool) -> None:
        self.prometheus = prometheus
        self.promlite = promlite
        self.texts = texts

    def differing(self, questions: Sequence[Question]) -> list[Judged]:
        """The questions on which the two differ."""
        ours = self.promlite.ask_all(questions)
        theirs = self.prometheus.ask_all(questions)
        found = []
        for question, their_body, our_body in zip(questions, theirs, ours):
            differing = differences(question, their_body, our_body, self.texts)
            if differing and not self.wavers(question, their_body, our_body):
                found.append(Judged(question, their_body, our_body, differing))
        return found

    def wavers(self, question: Question, theirs: Body, ours: Body) -> bool:
        """Whether our answer is one that Prometheus gives at another time, or step by step."""
        if theirs["status"] == "error" or ours["status"] == "error":
            return False
        seen = [theirs]
        for _ in range(TIMES_ASKED_AGAIN):
            seen.append(self.prometheus.ask(question))
            if not differences(question, seen[-1], ours, self.texts):
                return True
        if all(map(self.of_series, seen)) and self.each_cell_seen(question, seen, ours):
            return True
        return question.step is not None and self.right_at_each_step(question, ours)

    @staticmethod
    def of_series(body: Body) -> bool:
        return body["status"] == "success" and body["data"]["resultType"] in ("vector", "matrix")

    def each_cell_seen(self, question: Question, seen: list[Body], ours: Body) -> bool:
        """Whether each value, and all else, is one that some answer of Prometheus has there.

        An answer of many steps wavers at each by itself. A sum of many terms has more values than
        can be seen: one between two that Prometheus gives is good.
        """
        if not self.of_series(ours) or any(
                difference.what != "value"
                for difference in differences(question, seen[0], ours, self.texts)):
            return False
        relative = tolerance(question)
        theirs = [cells(body) for body in seen]
        mine = cells(ours)
        return all(mine.keys() == found.keys() for found in theirs) and all(
            any(same_value(found[cell], value, relative) for found in theirs)
            or min(float(found[cell]) for found in theirs) < float(value)
            < max(float(found[cell]) for found in theirs)
            for cell, value in mine.items())

    def right_at_each_step(self, question: Question, ours: Body) -> bool:
        """Whether a range's answer is made of the answers to its instant questions."""
        relative = tolerance(question)
        our_cells = cells(ours)
        for step in question.at_steps():
            mine = {labels: value for (labels, time), value in our_cells.items()
                    if round(time * 1000) == round(step.start * 1000)}
            if not any(self.same_instant(step, mine, relative)
                       for _ in range(TIMES_ASKED_AGAIN)):
                return False
        return True

    def same_instant(self, step: Question, ours: dict[str, str], relative: float) -> bool:
        body = self.prometheus.ask(step)
        if body["status"] == "error":
            return False
        theirs = {labels: value for (labels, _), value in cells(body).items()}
        return theirs.keys() == ours.keys() and all(
            same_value(theirs[labels], ours[labels], relative) for labels in theirs)

    def smallest(self, judged: Judged) -> Judged:
        """The same difference in a query from which nothing more can be taken away."""
        for _ in range(ROUNDS):
            simpler = {str(expression): expression
                       for expression in judged.question.expression.simpler()}
            shortest = sorted(simpler, key=len)[:SMALLER_QUERIES_A_ROUND]
            candidates = [dataclasses.replace(judged.question, expression=simpler[text])
                          for text in shortest if len(text) < len(judged.question.query)]
            found = self.differing(candidates) if candidates else []
            if not found:
                break
            judged = found[0]
        return judged
