"""Who fits an experiment: plain questions, each with the answers that qualify."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question by its key; `qualifying` are the places of the answers that qualify, from 0."""

    key: int
    qualifying: frozenset[int]


def reasons_against(
    questions: Sequence[Asked], answers: Mapping[int, int], *, age: int, youngest: int
) -> tuple[int | str, ...]:
    """Give the keys of the questions that the person does not qualify by, and ``age`` for one who is too young.

    A question without an answer does not qualify. Nothing here remembers the answers.
    """
    against: list[int | str] = ["age"] if age < youngest else []
    against += [one.key for one in questions if answers.get(one.key) not in one.qualifying]
    return tuple(against)
