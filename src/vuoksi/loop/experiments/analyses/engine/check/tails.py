"""Tails of the normal and of Student's t distribution in plain Python.

The tail of t comes from the continued fraction of the incomplete beta function (NIST Digital Library
of Mathematical Functions, 8.17.22, https://dlmf.nist.gov/8.17.E22).
"""

import math


def two_tails(t: float, freedom: float | None) -> float:
    """Probability that |T| exceeds |t|; of a normal variable if `freedom` is None."""
    if freedom is None:
        return math.erfc(abs(t) / math.sqrt(2))
    x, rest = freedom / (freedom + t * t), t * t / (freedom + t * t)
    a, b = freedom / 2, 0.5
    if x < (a + 1) / (a + b + 2):
        return _beta_share(x, rest, a, b)
    return 1 - _beta_share(rest, x, b, a)


def _beta_share(x: float, rest: float, a: float, b: float) -> float:
    """Regularised incomplete beta function of x = 1 - rest, for x below (a + 1) / (a + b + 2)."""
    if x == 0:
        return 0.0
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front += a * (math.log(x) if x < rest else math.log1p(-rest)) + b * math.log(rest)
    fraction = 1.0
    for n in range(2_000, 0, -1):
        m = n // 2
        if n % 2:
            part = -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            part = m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m))
        fraction = 1 + part * x / fraction
    return math.exp(front) / (a * fraction)
