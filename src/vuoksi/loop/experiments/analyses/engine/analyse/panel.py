"""Difference in differences: the change in one group less the change in the other.

Angrist, J. D. & Pischke, J.-S. (2009). Mostly Harmless Econometrics, chapter 5; errors that hang
together over time: Bertrand, M., Duflo, E. & Mullainathan, S. (2004). How much should we trust
differences-in-differences estimates? Quarterly Journal of Economics 119, 249-275,
doi:10.1162/003355304772839588.
"""

import numpy as np

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Progress, Stop
from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    check_error,
    interval_around,
    rule_outcome,
    same_answer,
    share_of,
    two_sided,
)
from vuoksi.loop.experiments.analyses.engine.analyse.panel_model import (
    PanelModel,
    cells_of,
    left_out,
    model_of,
    usable,
)
from vuoksi.loop.experiments.analyses.engine.analyse.panel_variants import (
    panel_variants,
    trend_check,
)
from vuoksi.loop.experiments.analyses.engine.analyse.wild import (
    WILD_RESAMPLES,
    wild_cluster,
    wild_interval,
)
from vuoksi.loop.experiments.analyses.engine.problem import (
    SMALL_SAMPLE,
    Caution,
    Check,
    Estimate,
    Interval,
    PanelProblem,
    Result,
)

# Fewer clusters than this get the wild bootstrap; groups with fewer than the second, a caution.
MANY_CLUSTERS, FEW_CLUSTERS = 30, 6


def solve_panel(
    problem: PanelProblem,
    *,
    seed: int = 0,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Result:
    """Estimate the effect with units (or groups) and periods taken out, errors by cluster."""
    used = usable(problem)
    model = model_of(used)
    effect, (error, freedom) = model.effect, model.error
    check_error(error, max(map(abs, problem.values)))
    interval = interval_around(effect, error, freedom, problem.confidence)
    second, wild_p = _second(problem, model, seed, stop, progress)
    cells = cells_of(used)
    with_trial = cells[True, True].mean
    checks = (*trend_check(used), _cluster_check(model))
    return Result(
        design=problem.design,
        confidence=problem.confidence,
        n_reference=cells[False, True].units,
        n_treatment=cells[True, True].units,
        mean_reference=with_trial - effect,
        mean_treatment=with_trial,
        effect=effect,
        interval=interval,
        standard_error=error,
        t=effect / error,
        degrees_of_freedom=freedom,
        p_value=two_sided(effect / error, freedom),
        standardised=_standardised(used, effect),
        relative_effect=share_of(effect, with_trial - effect),
        bootstrap=second,
        resamples=WILD_RESAMPLES if wild_p is not None else 0,
        rule_outcome=rule_outcome(problem, interval),
        cautions=_cautions(problem, model, interval, second, wild_p, checks),
        method="panel" if problem.same_units else "repeated_groups",
        n_clusters=sum(model.clusters_each),
        n_periods=len(set(used.periods)),
        n_left_out=left_out(problem),
        parts=_changes(used),
        variants=_variants(used, effect, second, wild_p, stop),
        checks=checks,
    )


def _second(
    problem: PanelProblem,
    model: PanelModel,
    seed: int,
    stop: Stop | None,
    progress: Progress | None,
) -> tuple[Interval | None, float | None]:
    if sum(model.clusters_each) >= MANY_CLUSTERS:
        return None, None
    wild = wild_cluster(model.fit, model.values, model.clusters)
    return wild_interval(wild, problem.confidence, seed=seed, stop=stop, progress=progress)


def _variants(
    problem: PanelProblem,
    effect: float,
    second: Interval | None,
    wild_p: float | None,
    stop: Stop | None,
) -> tuple[Estimate, ...]:
    others = panel_variants(problem, stop)
    if wild_p is None:
        return others
    return (Estimate("wild_bootstrap", effect, second, wild_p), *others)


def _changes(problem: PanelProblem) -> tuple[Estimate, ...]:
    """How far each group's plain average moved."""
    cells = cells_of(problem)
    moves = {group: cells[group, True].mean - cells[group, False].mean for group in (True, False)}
    return (
        Estimate("change_treatment", moves[True]),
        Estimate("change_reference", moves[False]),
    )


def _standardised(problem: PanelProblem, effect: float) -> float | None:
    """The effect over the standard deviation of single values before the start, within groups."""
    values = np.asarray(problem.values)
    before = np.asarray(problem.periods) < problem.start
    treated = np.asarray(problem.treated)
    sides = [values[before & (treated == group)] for group in (True, False)]
    squares = sum(float(((side - side.mean()) ** 2).sum()) for side in sides)
    deviation = float(np.sqrt(squares / (before.sum() - 2)))
    return effect / deviation if deviation > 0 else None


def _cluster_check(model: PanelModel) -> Check:
    enough = min(model.clusters_each) >= FEW_CLUSTERS
    return Check("enough_clusters", "holds" if enough else "doubtful")


def _cautions(
    problem: PanelProblem,
    model: PanelModel,
    interval: Interval,
    second: Interval | None,
    wild_p: float | None,
    checks: tuple[Check, ...],
) -> tuple[Caution, ...]:
    doubtful = {check.code for check in checks if check.standing == "doubtful"}
    asked = sum(model.clusters_each) < MANY_CLUSTERS
    disagree = second is not None and not same_answer(problem, interval, second)
    found: dict[Caution, bool] = {
        "small_sample": len(set(problem.units)) < SMALL_SAMPLE,
        "intervals_disagree": disagree or (wild_p is not None and second is None),
        "bootstrap_stopped_early": asked and wild_p is None,
        "few_clusters": "enough_clusters" in doubtful,
        "trends_differ": "parallel_trends" in doubtful,
    }
    return tuple(code for code, told in found.items() if told)
