"""What a sample size is computed from."""

from dataclasses import dataclass
from typing import Literal, get_args

from vuoksi.loop.experiments.analyses.engine.problem import ProblemError
from vuoksi.loop.experiments.analyses.engine.problem.question import check_choice, check_range

ShareMethod = Literal["normal", "arcsine"]
MOST_UNITS = 10_000_000
MOST_PERIODS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerQuestion:
    """The part that does not depend on the design.

    Parameters
    ----------
    effect
        The smallest true effect worth finding, in the measure's unit; its sign does not matter.
    power
        The wished chance to find it, 0.5 to 0.999.
    level
        The chance of a false effect that is accepted (two-sided), 0.0001 to 0.5.
    n
        Units in a group, pairs, periods with the trial, or sites that are at hand, if known: the power
        of these is computed too, and the smallest effect that they would find. Else both are told for
        the number that is needed.
    """

    effect: float
    power: float = 0.8
    level: float = 0.05
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoMeans(PowerQuestion):
    """Two groups of equal size.

    Parameters
    ----------
    deviation
        Standard deviation of single values within a group; 1 if the effect is in such deviations.
    baseline_correlation
        Correlation of values before and after, if the effect is to be adjusted for a baseline.
    cluster_size, intra_cluster
        If whole clusters are drawn: units in each, and the share of the variance between them. The
        number needed is still in units; Donner, A. & Klar, N. (2000). Design and Analysis of Cluster
        Randomization Trials in Health Research.
    """

    deviation: float = 1.0
    baseline_correlation: float = 0.0
    cluster_size: int = 1
    intra_cluster: float = 0.0

    def __post_init__(self) -> None:
        check_power(self, 2)
        check_range("deviation", self.deviation, 1e-60, 1e60)
        check_range("baseline correlation", self.baseline_correlation, -0.99, 0.99)
        check_clusters(self.cluster_size, self.intra_cluster)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoShares(PowerQuestion):
    """Two groups of equal size and a yes or no.

    `before` is the share expected without the trial; the effect is a difference of shares. `normal` is
    the usual test of two shares, with `continuity` corrected; `arcsine` is Cohen's h.
    """

    before: float
    method: ShareMethod = "normal"
    continuity: bool = False
    cluster_size: int = 1
    intra_cluster: float = 0.0

    def __post_init__(self) -> None:
        check_power(self, 2)
        check_range("share before", self.before, 0, 1)
        check_range("share after", self.before + self.effect, 0, 1)
        check_choice("method", self.method, get_args(ShareMethod))
        check_clusters(self.cluster_size, self.intra_cluster)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedMeans(PowerQuestion):
    """The same units twice, or matched pairs.

    `deviation` is that of single values and `correlation` that of both values of a unit; with the
    default of one half the changes vary as much as the values do.
    """

    deviation: float = 1.0
    correlation: float = 0.5

    def __post_init__(self) -> None:
        check_power(self, 2)
        check_range("deviation", self.deviation, 1e-60, 1e60)
        check_range("correlation", self.correlation, -0.99, 0.99)


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMeans(PowerQuestion):
    """Difference in differences of two groups of equal size.

    `correlation` is that of any two values of one unit; each unit is measured `before` and `after`
    times. Frison, L. & Pocock, S. J. (1992). Statistics in Medicine 11, 1685-1704,
    doi:10.1002/sim.4780111304.
    """

    deviation: float = 1.0
    correlation: float = 0.5
    before: int = 1
    after: int = 1
    cluster_size: int = 1
    intra_cluster: float = 0.0

    def __post_init__(self) -> None:
        check_power(self, 2)
        check_range("deviation", self.deviation, 1e-60, 1e60)
        check_range("correlation", self.correlation, -0.99, 0.99)
        check_range("periods before", self.before, 1, MOST_PERIODS)
        check_range("periods after", self.after, 1, MOST_PERIODS)
        check_clusters(self.cluster_size, self.intra_cluster)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesJump(PowerQuestion):
    """A jump or bend of a series (see `SeriesProblem`); `n` is the number of periods with the trial.

    `deviation` is that of single periods around the course, `correlation` that of neighbours. With
    `simulations` above zero the analysis itself is run on that many made-up series.
    """

    before: int
    deviation: float = 1.0
    correlation: float = 0.0
    estimand: Literal["level", "average", "slope"] = "level"
    slope_change: bool = True
    season: Literal["none", "harmonics", "dummies"] = "none"
    season_length: int = 12
    harmonics: int = 2
    simulations: int = 0

    def __post_init__(self) -> None:
        check_power(self, 3)
        check_range("periods before", self.before, 4, MOST_PERIODS)
        check_range("deviation", self.deviation, 1e-60, 1e60)
        check_range("correlation", self.correlation, -0.95, 0.95)
        check_range("simulations", self.simulations, 0, 100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoCounts(PowerQuestion):
    """Two groups of equal size in which something is counted.

    The effect is the change of the rate in percent, and its sign matters. `before` is the rate without
    the trial, for each of the `exposure` (days, persons) of a unit; `dispersion` says how many times as
    much as by pure chance counts vary. Signorini, D. F. (1991). Sample size for Poisson regression.
    Biometrika 78, 446-450, doi:10.1093/biomet/78.2.446.
    """

    before: float
    exposure: float = 1.0
    dispersion: float = 1.0
    cluster_size: int = 1
    intra_cluster: float = 0.0

    def __post_init__(self) -> None:
        check_power(self, 2)
        check_rate(self.effect, self.before, self.dispersion)
        check_range("exposure", self.exposure, 1e-60, 1e60)
        check_clusters(self.cluster_size, self.intra_cluster)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedCounts(TwoCounts):
    """The same units counted twice, or matched pairs; `dispersion` is that within pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesCounts(PowerQuestion):
    """A jump or bend of a series of counts, as of the logarithm of its rate (see `SeriesJump`).

    The effect is the change of the rate in percent; `expected` is the count of one period without the
    trial and `dispersion` how many times as much as by pure chance it varies.
    """

    before: int
    expected: float
    dispersion: float = 1.0
    correlation: float = 0.0
    estimand: Literal["level", "average", "slope"] = "level"
    slope_change: bool = True
    season: Literal["none", "harmonics", "dummies"] = "none"
    season_length: int = 12
    harmonics: int = 2

    def __post_init__(self) -> None:
        check_power(self, 3)
        check_rate(self.effect, self.expected, self.dispersion)
        check_range("periods before", self.before, 4, MOST_PERIODS)
        check_range("correlation", self.correlation, -0.95, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class WedgeMeans(PowerQuestion):
    """Sites that start in `steps` steps of equal size; `n` is the number of sites.

    There is one period before the first step. In each period `per_period` new units are measured at
    each site; `deviation` is that of single values, `intra_site` the share of their variance between
    sites.
    """

    steps: int
    per_period: int
    deviation: float = 1.0
    intra_site: float = 0.05

    def __post_init__(self) -> None:
        check_power(self, 2)
        check_range("steps", self.steps, 2, 100)
        check_range("units a period", self.per_period, 1, 1e9)
        check_range("deviation", self.deviation, 1e-60, 1e60)
        check_range("share between sites", self.intra_site, 0, 0.99)
        if self.n is not None and self.n % self.steps:
            raise ProblemError("bad_range", "The sites must be a multiple of the steps.")


PowerProblem = (
    TwoMeans
    | TwoShares
    | TwoCounts
    | PairedCounts
    | PairedMeans
    | PanelMeans
    | SeriesJump
    | SeriesCounts
    | WedgeMeans
)


def check_power(question: PowerQuestion, fewest: int) -> None:
    """Raise `ProblemError` for an effect of nothing, or a chance or number outside its range."""
    check_range("size of the effect", abs(question.effect), 1e-60, 1e60)
    check_range("power", question.power, 0.5, 0.999)
    check_range("level", question.level, 0.0001, 0.5)
    if question.n is not None:
        check_range("n", question.n, fewest, MOST_UNITS)


def check_rate(effect: float, rate: float, dispersion: float) -> None:
    """Raise `ProblemError` for a rate that is none, or an effect that leaves none."""
    check_range("effect", effect, -99.9, 1e6)
    check_range("rate before", rate, 1e-60, 1e60)
    check_range("dispersion", dispersion, 1e-6, 1e6)


def check_clusters(size: int, share: float) -> None:
    check_range("cluster size", size, 1, 1e9)
    check_range("share between clusters", share, 0, 1)
