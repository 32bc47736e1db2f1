"""Several measures at once: the more one tests, the more looks like an effect by chance.

Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of
Statistics 6, 65-70; Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal
of the Royal Statistical Society B 57, 289-300, doi:10.1111/j.2517-6161.1995.tb02031.x.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from vuoksi.loop.experiments.analyses.engine.explain import Sentence
from vuoksi.loop.experiments.analyses.engine.problem.question import (
    check_choice,
    check_lengths,
    check_range,
)

Method = Literal["holm", "benjamini_hochberg"]


@dataclass(frozen=True, slots=True)
class Measures:
    """The p values of all measures that were planned, found or not.

    Parameters
    ----------
    method
        ``holm``: the chance of even one false effect stays below `level`.
        ``benjamini_hochberg``: of the effects that are found, a share of `level` is false on average.
    level
        0.001 to 0.5.
    """

    names: tuple[str, ...]
    p_values: tuple[float, ...]
    method: Method = "holm"
    level: float = 0.05

    def __post_init__(self) -> None:
        check_range("number of measures", len(self.names), 1, 10_000)
        check_lengths(len(self.names), {"p_values": self.p_values})
        check_choice("method", self.method, get_args(Method))
        check_range("level", self.level, 0.001, 0.5)
        for p_value in self.p_values:
            check_range("p value", p_value, 0, 1)


@dataclass(frozen=True, slots=True)
class Corrected:
    """Corrected p values in the order of the measures, and whether each shows an effect."""

    names: tuple[str, ...]
    p_values: tuple[float, ...]
    corrected: tuple[float, ...]
    found: tuple[bool, ...]
    method: Method
    level: float


def correct(measures: Measures) -> Corrected:
    """Correct the p values of several measures for their number."""
    corrected = (_holm if measures.method == "holm" else _benjamini_hochberg)(measures.p_values)
    return Corrected(
        names=measures.names,
        p_values=measures.p_values,
        corrected=corrected,
        found=tuple(p_value <= measures.level for p_value in corrected),
        method=measures.method,
        level=measures.level,
    )


def explain_measures(corrected: Corrected) -> tuple[Sentence, ...]:
    numbers = {
        "measures": len(corrected.names),
        "found": sum(corrected.found),
        "uncorrected": sum(p_value <= corrected.level for p_value in corrected.p_values),
    }
    return (Sentence("several_measures", numbers),)


def _holm(p_values: tuple[float, ...]) -> tuple[float, ...]:
    """Times the number of those that are not smaller, never below a smaller one's."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    corrected, highest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = highest
    return tuple(corrected)


def _benjamini_hochberg(p_values: tuple[float, ...]) -> tuple[float, ...]:
    """Times the number of all over the rank, never above a larger one's."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__, reverse=True)
    corrected, lowest = [0.0] * len(p_values), 1.0
    for back, place in enumerate(order):
        rank = len(p_values) - back
        lowest = min(lowest, len(p_values) / rank * p_values[place])
        corrected[place] = lowest
    return tuple(corrected)
