"""One series, interrupted by the trial."""

from dataclasses import dataclass
from typing import Literal, get_args

from vuoksi.loop.experiments.analyses.engine.problem.counts import (
    Dispersion,
    check_counts,
    check_exposure,
    check_happened,
)
from vuoksi.loop.experiments.analyses.engine.problem.question import (
    Design,
    ProblemError,
    Question,
    check_choice,
    check_question,
    check_range,
    check_values,
    check_variation,
)

Season = Literal["none", "harmonics", "dummies"]
Estimand = Literal["level", "average", "slope"]
SeriesKind = Literal["value", "count"]
Errors = Literal["ar1", "newey_west", "independent"]

MOST_POINTS = 20_000
FEWEST_BEFORE, FEWEST_AFTER = 4, 3


@dataclass(frozen=True, slots=True)
class SeriesProblem(Question):
    """Values at equal steps of time; a straight course that may jump and bend when the trial starts.

    Parameters
    ----------
    values
        One value a period, none missing; shape (n,).
    start
        Place of the first value with the trial, counted from 0: the number of values before it.
    estimand
        What the effect is. ``level``: the jump in the first period with the trial. ``average``:
        the mean distance, over all periods with the trial, from the earlier course drawn on.
        ``slope``: the change of the rise a period. All three stand in the result's parts.
    slope_change
        Whether the course may bend as well as jump. If not, level and average are the same.
    season, season_length, harmonics
        ``harmonics``: this many pairs of sine and cosine over `season_length` periods;
        ``dummies``: one level for each place in the season; ``none``.
    errors
        ``ar1``: each period's error hangs on the last one's, fitted by restricted maximum
        likelihood. ``newey_west``: least squares with errors robust to autocorrelation up to
        `lags`. ``independent``: least squares.
    lags
        For Newey-West; None for the whole part of 4 (n/100)^(2/9).
    kind, exposure, dispersion
        ``count``: whole numbers of events, counted over `exposure` (1 each if empty). The course is then
        that of the logarithm of the rate, and every effect its change in percent. With `dispersion`
        ``poisson`` counts vary by pure chance alone; that goes with `errors` ``independent`` only.
    """

    values: tuple[float, ...]
    start: int
    estimand: Estimand = "level"
    slope_change: bool = True
    season: Season = "none"
    season_length: int = 12
    harmonics: int = 2
    errors: Errors = "ar1"
    lags: int | None = None
    kind: SeriesKind = "value"
    exposure: tuple[float, ...] = ()
    dispersion: Dispersion = "estimated"

    def __post_init__(self) -> None:
        check_question(self)
        check_choice("estimand", self.estimand, get_args(Estimand))
        check_choice("season", self.season, get_args(Season))
        check_choice("errors", self.errors, get_args(Errors))
        check_choice("kind", self.kind, get_args(SeriesKind))
        check_choice("dispersion", self.dispersion, get_args(Dispersion))
        check_values("series", self.values, least=FEWEST_BEFORE + FEWEST_AFTER)
        if len(self.values) > MOST_POINTS:
            raise ProblemError("too_many", f"A series may have at most {MOST_POINTS} values.")
        check_variation(self.values)
        _check_shape(self)
        _check_counts(self)

    @property
    def design(self) -> Design:
        return "interrupted_time_series"

    @property
    def parameters(self) -> int:
        """How many numbers the course is described by."""
        seasonal = {
            "none": 0,
            "harmonics": 2 * self.harmonics - (2 * self.harmonics == self.season_length),
            "dummies": self.season_length - 1,
        }
        return 3 + self.slope_change + seasonal[self.season]


def _check_shape(problem: SeriesProblem) -> None:
    size = len(problem.values)
    if not FEWEST_BEFORE <= problem.start <= size - FEWEST_AFTER:
        raise ProblemError(
            "bad_start", f"The start leaves fewer than {FEWEST_BEFORE} values before it or"
            f" {FEWEST_AFTER} from it on."
        )  # fmt: skip
    if problem.estimand == "slope" and not problem.slope_change:
        raise ProblemError("bad_choice", "A slope is only estimated if the course may bend.")
    if problem.season != "none":
        check_range("season_length", problem.season_length, 2, 366)
        check_range("harmonics", problem.harmonics, 1, problem.season_length // 2)
    if problem.lags is not None:
        check_range("lags", problem.lags, 0, size - 1)
    if size < problem.parameters + 2:
        raise ProblemError("too_few", "The series is too short for so many parts.")


def _check_counts(problem: SeriesProblem) -> None:
    if problem.kind == "value":
        if problem.exposure or problem.dispersion == "poisson":
            raise ProblemError("bad_choice", "Only counts have an exposure or pure chance.")
        return
    if problem.dispersion == "poisson" and problem.errors != "independent":
        raise ProblemError("bad_choice", "Counts of pure chance need errors that are independent.")
    check_counts(problem.values)
    check_exposure(problem.values, problem.exposure)
    check_happened(problem.values[: problem.start], problem.values[problem.start :])
