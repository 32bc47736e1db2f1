"""From ballots to the jury's order and the chance of each finalist."""

import numpy as np

from vuoksi.loop.calls.engine.finals.kemeny import Consensus, Wins, consensus, pairwise_wins
from vuoksi.loop.calls.engine.finals.problem import (
    FEWEST_RESAMPLES,
    Caution,
    Problem,
    Result,
    Standing,
)
from vuoksi.loop.calls.engine.finals.worth import Floats, Progress, Stop, draw_strengths

_FEW_MEMBERS = 5


def solve(
    problem: Problem, *, stop: Stop | None = None, progress: Progress | None = None
) -> Result:
    """Combine the ballots of `problem`.

    `stop` is asked with the number of draws made and heeded from 200 on; such a result says so.
    """
    finalists = tuple(sorted(problem.finalists))
    place = {key: at for at, key in enumerate(finalists)}
    ballots = sorted(problem.ballots, key=lambda ballot: ballot.member)
    strengths = draw_strengths(
        [[place[key] for key in ballot.order] for ballot in ballots],
        len(finalists),
        number=problem.resamples,
        seed=problem.seed,
        stop=stop,
        progress=progress,
        fewest=FEWEST_RESAMPLES,
    )
    wins = pairwise_wins(finalists, problem.ballots)
    # Rounded, so that equal finalists are taken by key and not by the chance of the draws.
    found = consensus(wins, [round(float(each), 2) for each in strengths.mean(axis=0)])
    ordered = strengths[:, found.order]
    return Result(
        standings=_standings(problem, finalists, wins, found, ordered),
        disagreements=found.disagreements,
        comparisons=sum(map(sum, wins)),
        orders=found.orders,
        decided=_decided(ordered, problem.confidence),
        confidence=problem.confidence,
        resamples=len(strengths),
        cautions=_cautions(problem, len(strengths)),
    )


def _standings(
    problem: Problem,
    finalists: tuple[str, ...],
    wins: Wins,
    found: Consensus,
    strengths: Floats,
) -> tuple[Standing, ...]:
    ranks = np.argsort(np.argsort(-strengths, axis=1), axis=1) + 1
    ends = ((1 - problem.confidence) / 2, (1 + problem.confidence) / 2)
    low, high = np.quantile(ranks, ends, axis=0, method="inverted_cdf")
    chances = (ranks <= problem.places).mean(axis=0)
    standings = []
    for at, each in enumerate(found.order):
        following = found.order[at + 1] if at + 1 < len(found.order) else None
        standings.append(
            Standing(
                finalist=finalists[each],
                place=at + 1,
                best_place=found.best[each],
                worst_place=found.worst[each],
                strength=float(strengths[:, at].mean()),
                rank_low=int(low[at]),
                rank_high=int(high[at]),
                chance=float(chances[at]),
                before_next=None if following is None else wins[each][following],
                compared=None
                if following is None
                else wins[each][following] + wins[following][each],
            )
        )
    return tuple(standings)


def _decided(strengths: Floats, confidence: float) -> tuple[int, ...]:
    worst_above = np.minimum.accumulate(strengths, axis=1)[:, :-1]
    best_below = np.maximum.accumulate(strengths[:, ::-1], axis=1)[:, ::-1][:, 1:]
    sure = (worst_above > best_below).mean(axis=0) >= confidence
    return tuple(int(at) + 1 for at in np.flatnonzero(sure))


def _cautions(problem: Problem, made: int) -> tuple[Caution, ...]:
    ranked = {key for ballot in problem.ballots for key in ballot.order}
    sizes = [len(ballot.order) for ballot in problem.ballots]
    found: dict[Caution, bool] = {
        "few_members": len(problem.ballots) < _FEW_MEMBERS,
        "partial_ballots": min(sizes) < len(problem.finalists),
        "unranked_finalists": len(ranked) < len(problem.finalists),
        "stopped_early": made < problem.resamples,
    }
    return tuple(caution for caution, holds in found.items() if holds)
