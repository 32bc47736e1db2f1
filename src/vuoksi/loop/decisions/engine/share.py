"""A share of few things, with the interval that says how little few things tell.

Wilson's score interval: E. B. Wilson, Probable inference, the law of succession, and statistical inference. Journal of
the American Statistical Association 22 (1927), 209-212, https://doi.org/10.1080/01621459.1927.10502953. It keeps its
promise for small numbers and shares near nothing or all, where the usual one does not: L. D. Brown, T. T. Cai,
A. DasGupta, Interval estimation for a binomial proportion. Statistical Science 16 (2001), 101-133,
https://doi.org/10.1214/ss/1009213286.
"""

from dataclasses import dataclass
from math import sqrt

# The 97.5 % point of the normal distribution.
Z = 1.959963984540054
# Below this a percentage alone would say more than is known.
FEW = 20


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, and the 95 % interval of the share; without a whole there is no share."""

    part: int
    whole: int
    share: float | None
    low: float | None
    high: float | None

    @property
    def rest(self) -> int:
        return self.whole - self.part

    @property
    def is_few(self) -> bool:
        return self.whole < FEW


def share(part: int, whole: int) -> Share:
    """Give the share of `part` in `whole` (0 <= part <= whole) with Wilson's 95 % interval."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    if not whole:
        return Share(part, whole, None, None, None)
    p, z2 = part / whole, Z * Z
    middle = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z * sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    low = 0.0 if part == 0 else middle - half
    high = 1.0 if part == whole else middle + half
    return Share(part, whole, p, low, high)
