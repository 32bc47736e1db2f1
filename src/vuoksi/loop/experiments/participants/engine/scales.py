"""Validated scales as data: how many items, which numbers, which items are reversed, how the score is made.

Only the rule of scoring and its source stand here. The wording of each scale belongs to its publisher; the city types it
in, in the version and language that it may use.

- WHO-5 Well-Being Index: World Health Organization (1998), Wellbeing measures in primary health care: the DepCare
  project; scoring as in Topp et al. (2015), https://doi.org/10.1159/000376585. Five items 0–5, the sum times four.
- System Usability Scale: Brooke (1996), SUS: a "quick and dirty" usability scale, in Usability Evaluation in Industry,
  189–194. Ten items 1–5, every second one reversed, the sum of 0–4 times two and a half.
- UCLA three-item loneliness scale: Hughes et al. (2004), https://doi.org/10.1177/0164027504268574. Three items 1–3,
  their sum; more is lonelier.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """`reversed_items` are numbered from 1. The score is the sum of what each item gives above `zero`, times `times`.

    A reversed item gives what is missing to the highest number. `low` and `high` are the ends of the score.
    """

    key: str
    items: int
    least: int
    most: int
    reversed_items: frozenset[int]
    zero: int
    times: float
    better: str
    source: str

    @property
    def low(self) -> float:
        return self.items * (self.least - self.zero) * self.times

    @property
    def high(self) -> float:
        return self.items * (self.most - self.zero) * self.times


SCALES = {
    scale.key: scale
    for scale in (
        Scale(
            "who5", 5, 0, 5, frozenset(), 0, 4.0, "up",
            "World Health Organization 1998; Topp et al. 2015, doi:10.1159/000376585",
        ),
        Scale(
            "sus", 10, 1, 5, frozenset({2, 4, 6, 8, 10}), 1, 2.5, "up",
            "Brooke 1996, Usability Evaluation in Industry, pp. 189–194",
        ),
        Scale(
            "ucla3", 3, 1, 3, frozenset(), 0, 1.0, "down",
            "Hughes et al. 2004, doi:10.1177/0164027504268574",
        ),
    )
}  # fmt: skip


class NotAnswered(ValueError):
    """The scale is not answered in full, and none of the three has a rule for gaps that all users share."""


def score(scale: Scale, answers: Sequence[int | None]) -> float:
    """Give the score of answers in the order of the items; raises NotAnswered, and ValueError outside the range."""
    if len(answers) != scale.items:
        raise NotAnswered(f"{scale.key} has {scale.items} items")
    total = 0
    for number, answer in enumerate(answers, 1):
        if answer is None:
            raise NotAnswered(f"{scale.key}: item {number}")
        if not scale.least <= answer <= scale.most:
            raise ValueError(f"{scale.key}: {answer} is not on the scale")
        total += _points(scale, number, answer)
    return total * scale.times


def mean_of(answers: Sequence[tuple[int, int, int, bool]]) -> float:
    """Give the mean of a city's own items; each is (answer, least, most, is reversed). Raises NotAnswered for none."""
    if not answers:
        raise NotAnswered("no items")
    points = [
        least + most - answer if is_reversed else answer
        for answer, least, most, is_reversed in answers
    ]
    return sum(points) / len(points)


def _points(scale: Scale, number: int, answer: int) -> int:
    if number in scale.reversed_items:
        return scale.most - answer + scale.least - scale.zero
    return answer - scale.zero
