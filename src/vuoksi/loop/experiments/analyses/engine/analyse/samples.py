"""Error of a mean or of a difference of two means."""

import math

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.analyse.inference import interval_around
from vuoksi.loop.experiments.analyses.engine.problem import Interval


def effect_of(samples: tuple[Floats, ...]) -> float:
    """The mean of one sample, or the first one's minus the second one's."""
    return float(samples[0].mean()) - sum(float(sample.mean()) for sample in samples[1:])


def welch_error(samples: tuple[Floats, ...]) -> tuple[float, float]:
    """Standard error of the effect and its degrees of freedom (Welch-Satterthwaite for two)."""
    shares = [float(sample.var(ddof=1)) / len(sample) for sample in samples]
    total = sum(shares)
    # Shares of the whole, because squares of very small numbers would vanish.
    parts = [
        (share / total) ** 2 / (len(sample) - 1)
        for share, sample in zip(shares, samples, strict=True)
    ]
    return math.sqrt(total), 1 / sum(parts)


def t_interval(samples: tuple[Floats, ...], confidence: float) -> Interval | None:
    """Student's or Welch's interval; None for samples from which none can be had."""
    if min(map(len, samples)) < 2 or not any(float(sample.var()) > 0 for sample in samples):
        return None
    return interval_around(effect_of(samples), *welch_error(samples), confidence)
