"""Sample size and power before the start."""

from collections.abc import Mapping
from typing import Any

from vuoksi.loop.experiments.analyses.engine.explain import Sentence, percent_of
from vuoksi.loop.experiments.analyses.engine.formats.records import record_from
from vuoksi.loop.experiments.analyses.engine.power.curves import wedge_variance
from vuoksi.loop.experiments.analyses.engine.power.problem import (
    PairedCounts,
    PairedMeans,
    PanelMeans,
    PowerProblem,
    PowerQuestion,
    SeriesCounts,
    SeriesJump,
    TwoCounts,
    TwoMeans,
    TwoShares,
    WedgeMeans,
)
from vuoksi.loop.experiments.analyses.engine.power.solve import (
    Power,
    power_curve,
    power_of,
    simulated_power,
)
from vuoksi.loop.experiments.analyses.engine.problem import ProblemError

__all__ = [
    "PairedCounts",
    "PairedMeans",
    "PanelMeans",
    "Power",
    "PowerProblem",
    "PowerQuestion",
    "SeriesCounts",
    "SeriesJump",
    "TwoCounts",
    "TwoMeans",
    "TwoShares",
    "WedgeMeans",
    "explain_power",
    "power_curve",
    "power_of",
    "power_problem_from",
    "simulated_power",
    "wedge_variance",
]

POWER_DESIGNS: dict[str, type[PowerProblem]] = {
    "two_means": TwoMeans,
    "two_shares": TwoShares,
    "two_counts": TwoCounts,
    "paired_means": PairedMeans,
    "paired_counts": PairedCounts,
    "panel_means": PanelMeans,
    "series_jump": SeriesJump,
    "series_counts": SeriesCounts,
    "wedge_means": WedgeMeans,
}
LOW_POWER = 0.8
COUNTS = frozenset({"two_counts", "paired_counts", "series_counts"})
_NEEDED = {
    "paired_means": "power_needed_pairs",
    "paired_counts": "power_needed_pairs",
    "series_jump": "power_needed_periods",
    "series_counts": "power_needed_periods",
    "wedge_means": "power_needed_clusters",
}


def power_problem_from(data: Mapping[str, Any]) -> PowerProblem:
    """Build the problem of the design that ``data["design"]`` names."""
    design = data.get("design")
    if not isinstance(design, str) or design not in POWER_DESIGNS:
        raise ProblemError(
            "unknown_design", f"The design must be one of {', '.join(POWER_DESIGNS)}."
        )
    rest = {name: value for name, value in data.items() if name != "design"}
    return record_from(POWER_DESIGNS[design], rest)


def explain_power(power: Power) -> tuple[Sentence, ...]:
    """How many are needed; what those at hand can find; the smallest effect within reach.

    Effects are in the unit in which they were given: of shares, 0.1 is ten percentage points; of counts,
    10 is ten percent of the rate.
    """
    asked: dict[str, float] = {"effect": power.effect, "power": percent_of(power.wished)}
    sentences = [Sentence("power_out_of_reach", asked)]
    if power.needed is not None and power.needed_total is not None:
        counts = {"per_group": power.needed, "total": power.needed_total}
        code = _NEEDED.get(power.design, "power_needed")
        sentences = [Sentence(code, {**asked, **counts})]
    if power.design in COUNTS:
        sentences.insert(0, Sentence("rate_in_percent"))
    if power.n is None or power.total is None or power.power is None:
        return tuple(sentences)
    if power.n != power.needed:
        chance = round(100 * power.power, 1)
        had = {"total": power.total, "effect": power.effect, "power": chance}
        sentences.append(Sentence("power_had", had))
        if power.power < LOW_POWER:
            sentences.append(Sentence("power_low"))
    if power.smallest_effect is not None:
        smallest = {"power": percent_of(power.wished), "smallest": power.smallest_effect}
        sentences.append(Sentence("power_smallest", smallest))
    return tuple(sentences)
