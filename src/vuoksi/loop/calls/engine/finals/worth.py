"""How strong the finalists may be, given the ballots: draws from the Plackett-Luce model.

A member picks the first among all with probability proportional to strength, then the second among
the rest, and so on. Plackett, R. L. (1975). The analysis of permutations. Applied Statistics 24,
193-202, doi:10.2307/2346567. Drawn as by Caron, F. and Doucet, A. (2012). Efficient Bayesian
inference for generalized Bradley-Terry models. Journal of Computational and Graphical Statistics 21,
174-196, doi:10.1080/10618600.2012.638220; here how unequal strengths are is drawn too.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

Floats = npt.NDArray[np.float64]
Stop = Callable[[int], bool]
Progress = Callable[[int, int], None]

_CHAINS = 8
_FORGOTTEN = 150
# Shape of the gamma distribution of strengths: from one finalist far ahead to all nearly equal.
_SHAPES = np.geomspace(0.3, 100.0, 24)


def draw_strengths(
    orders: list[list[int]],
    size: int,
    *,
    number: int,
    seed: int,
    stop: Stop | None = None,
    progress: Progress | None = None,
    fewest: int = 200,
) -> Floats:
    """Strengths of `size` finalists that add up to 1, shape (draws, size).

    `orders` are ballots as positions, best first. `stop` and `progress` as in the ranking.
    """
    random = np.random.default_rng(seed)
    stages, chosen = _stages(orders, size)
    share = np.full((_CHAINS, size), 1 / size)
    kept: list[Floats] = []
    for sweep in range(_FORGOTTEN + -(-number // _CHAINS)):
        shape = _draw_shape(share, random)
        strength = share * random.standard_gamma(size * shape)
        waits = random.standard_exponential((_CHAINS, len(stages))) / (strength @ stages.T)
        strength = random.standard_gamma(shape + chosen) / (1 + waits @ stages)
        strength = np.maximum(strength, 1e-300)
        share = strength / strength.sum(axis=1, keepdims=True)
        if sweep >= _FORGOTTEN:
            kept.append(share)
            done = _CHAINS * len(kept)
            if progress:
                progress(min(done, number), number)
            if stop and stop(done) and done >= fewest:
                break
    return np.concatenate(kept)


def _stages(orders: list[list[int]], size: int) -> tuple[Floats, Floats]:
    """Who could still be chosen at each choice (choices, size), and how often each was chosen."""
    stages: list[Floats] = []
    chosen = np.zeros(size)
    for order in orders:
        for at, best in enumerate(order[:-1]):
            stage = np.zeros(size)
            stage[order[at:]] = 1
            stages.append(stage)
            chosen[best] += 1
    return np.array(stages), chosen


def _draw_shape(share: Floats, random: np.random.Generator) -> Floats:
    size = share.shape[1]
    logs = np.log(np.maximum(share, 1e-300)).sum(axis=1, keepdims=True)
    fit = gammaln(size * _SHAPES) - size * gammaln(_SHAPES) + (_SHAPES - 1) * logs
    picked = np.argmax(fit - np.log(random.standard_exponential(fit.shape)), axis=1)
    shape: Floats = _SHAPES[picked][:, None]
    return shape
