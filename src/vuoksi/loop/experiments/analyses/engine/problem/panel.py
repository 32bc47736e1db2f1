"""Two groups, each measured before and after: difference in differences."""

import math
from dataclasses import dataclass

from vuoksi.loop.experiments.analyses.engine.problem.question import (
    Design,
    ProblemError,
    Question,
    check_lengths,
    check_question,
    check_range,
    check_values,
    check_variation,
)


@dataclass(frozen=True, slots=True)
class PanelProblem(Question):
    """Values in the long form: one entry of every column for each value.

    Parameters
    ----------
    values
        What was measured; shape (n,).
    periods
        When, as a whole number that grows with time; shape (n,).
    units
        Who or what was measured; shape (n,).
    treated
        Whether the unit belongs to the group that gets the trial, before and after; shape (n,).
    start
        The first period with the trial.
    clusters
        What was chosen for the trial, if larger than the unit (a school, a district); empty if the
        units themselves were. Errors are allowed to hang together within a cluster.
    same_units
        Whether each unit is compared with itself (a panel). If not, the groups' averages are
        compared (new people in each period).

    Raises
    ------
    ProblemError
        Unless both groups were measured before and after in at least two clusters each, and every
        cluster belongs to one group.
    """

    values: tuple[float, ...]
    periods: tuple[int, ...]
    units: tuple[str, ...]
    treated: tuple[bool, ...]
    start: int
    clusters: tuple[str, ...] = ()
    same_units: bool = True

    def __post_init__(self) -> None:
        check_question(self)
        check_values("panel", self.values, least=8)
        columns = {"periods": self.periods, "units": self.units, "treated": self.treated}
        check_lengths(len(self.values), columns)
        if self.clusters:
            check_lengths(len(self.values), {"clusters": self.clusters})
            _check_belonging("unit", self.units, self.clusters, self.same_units)
        _check_belonging("cluster", self.chosen, self.treated, needed=True)
        check_variation(self.values)
        _check_cells(self)

    @property
    def design(self) -> Design:
        return "difference_in_differences"

    @property
    def chosen(self) -> tuple[str, ...]:
        """What was chosen for the trial, for each value: the cluster, or else the unit."""
        return self.clusters or self.units


def _check_belonging(
    name: str, labels: tuple[str, ...], owners: tuple[object, ...], needed: bool
) -> None:
    if needed and len(set(labels)) != len(set(zip(labels, owners, strict=True))):
        raise ProblemError("bad_groups", f"Every {name} must belong to one side only.")


def _check_cells(problem: PanelProblem) -> None:
    """Both groups need two clusters before and two after; in a panel, the same ones."""
    after = [period >= problem.start for period in problem.periods]
    if all(after) or not any(after):
        raise ProblemError("bad_start", "There must be periods before the start and from it on.")
    compared = problem.units if problem.same_units else problem.chosen
    seen: dict[tuple[bool, bool], set[str]] = {}
    for label, is_treated, is_after in zip(compared, problem.treated, after, strict=True):
        seen.setdefault((is_treated, is_after), set()).add(label)
    for group in (False, True):
        before_and_after = [seen.get((group, late), set()) for late in (False, True)]
        if problem.same_units:
            before_and_after = [before_and_after[0] & before_and_after[1]]
        if min(map(len, before_and_after)) < 2:
            raise ProblemError(
                "too_few", "Each group needs at least two units measured before and after."
            )
    if problem.clusters and any(len(_owners(problem, group)) < 2 for group in (False, True)):
        raise ProblemError("too_few", "Each group needs at least two clusters.")


def _owners(problem: PanelProblem, group: bool) -> set[str]:
    return {
        label
        for label, treated in zip(problem.chosen, problem.treated, strict=True)
        if treated == group
    }


@dataclass(frozen=True, slots=True)
class Course:
    """A group's average before and after, as published.

    `error_change` is the standard error of the change; if it is None, both averages come from
    different units and `error_before` and `error_after` give it. `n` is the number of units.
    """

    before: float
    after: float
    n: int
    error_before: float | None = None
    error_after: float | None = None
    error_change: float | None = None

    def __post_init__(self) -> None:
        check_values("course", (self.before, self.after))
        check_range("number of units", self.n, 2, 1e12)
        if not 0 < self.error <= 1e60:
            raise ProblemError("bad_range", "A course needs a positive standard error.")

    @property
    def error(self) -> float:
        """Standard error of the change."""
        if self.error_change is not None:
            return self.error_change
        if self.error_before is None or self.error_after is None:
            return math.nan
        return math.hypot(self.error_before, self.error_after)


@dataclass(frozen=True, slots=True)
class CoursesProblem(Question):
    """Difference in differences from published averages, where the single values are not at hand."""

    reference: Course
    treatment: Course

    def __post_init__(self) -> None:
        check_question(self)

    @property
    def design(self) -> Design:
        return "difference_in_differences"
