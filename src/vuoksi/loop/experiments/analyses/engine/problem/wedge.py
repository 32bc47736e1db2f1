"""Sites that start the trial one after the other: a stepped wedge."""

from dataclasses import dataclass

from vuoksi.loop.experiments.analyses.engine.problem.question import (
    Design,
    ProblemError,
    Question,
    check_lengths,
    check_question,
    check_values,
    check_variation,
)

FEWEST_SITES = 3


@dataclass(frozen=True, slots=True)
class WedgeProblem(Question):
    """Values in the long form: one entry of every column for each value.

    Parameters
    ----------
    values
        What was measured: one a person or one a site and period; shape (n,).
    sites
        Where; shape (n,).
    periods
        When, as a whole number that grows with time; shape (n,).
    treated
        Whether the trial had started at this site in this period; shape (n,).

    Raises
    ------
    ProblemError
        Unless there are three sites that start at two different times at least, and no site stops
        again.
    """

    values: tuple[float, ...]
    sites: tuple[str, ...]
    periods: tuple[int, ...]
    treated: tuple[bool, ...]

    def __post_init__(self) -> None:
        check_question(self)
        check_values("wedge", self.values, least=8)
        columns = {"sites": self.sites, "periods": self.periods, "treated": self.treated}
        check_lengths(len(self.values), columns)
        check_variation(self.values)
        _check_steps(self)

    @property
    def design(self) -> Design:
        return "stepped_wedge"


def _check_steps(problem: WedgeProblem) -> None:
    states: dict[str, dict[int, set[bool]]] = {}
    for site, period, treated in zip(problem.sites, problem.periods, problem.treated, strict=True):
        states.setdefault(site, {}).setdefault(period, set()).add(treated)
    if len(states) < FEWEST_SITES:
        raise ProblemError("too_few", f"A stepped wedge needs at least {FEWEST_SITES} sites.")
    starts = {site: _start(periods) for site, periods in states.items()}
    if len(set(starts.values())) < 2:
        raise ProblemError("bad_start", "The sites must start at two different times at least.")


def _start(periods: dict[int, set[bool]]) -> int | None:
    """Return the first period with the trial, None if the site never started."""
    course = [periods[period] for period in sorted(periods)]
    if any(len(states) > 1 for states in course):
        raise ProblemError("bad_groups", "A site has the trial in a period or it has not.")
    flags = [states == {True} for states in course]
    if flags != sorted(flags):
        raise ProblemError("bad_groups", "A site that has started must not stop again.")
    return sorted(periods)[flags.index(True)] if any(flags) else None
