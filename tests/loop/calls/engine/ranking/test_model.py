"""The model against closed forms, dense algebra and exact integration."""

import numpy as np
import pytest

from tests.loop.calls.engine.ranking.examples import SHROUT_FLEISS
from vuoksi.loop.calls.engine.ranking.model import (
    CHAINS,
    State,
    Table,
    draw,
    draw_levels_and_qualities,
)


def state(table, quality_sd, level_sd, variance, slopes=1.0):
    entries, reviewers = table.counts.shape
    return State(
        levels=np.zeros((CHAINS, reviewers)),
        slopes=np.ones((CHAINS, reviewers)) * slopes,
        factors=np.ones((CHAINS, reviewers)),
        qualities=np.zeros((CHAINS, entries)),
        quality_sd=np.full((CHAINS, 1), quality_sd),
        level_sd=np.full((CHAINS, 1), level_sd),
        slope_sd=np.zeros((CHAINS, 1)),
        variance=np.full((CHAINS, 1), variance),
    )


def full(rows):
    totals = np.array(rows, float)
    return Table(np.ones_like(totals), totals)


def test_published_mean_squares_and_shrunken_means():
    """Balanced: the best prediction is the mean deviation times 1 - MSE/MS(targets)."""
    table = full(SHROUT_FLEISS)
    rows, columns = table.totals.mean(axis=1), table.totals.mean(axis=0)
    mean = table.totals.mean()
    rest = table.totals - rows[:, None] - columns + mean
    squares = (4 * ((rows - mean) ** 2).sum() / 5, 6 * ((columns - mean) ** 2).sum() / 3)
    residual = (rest**2).sum() / 15
    assert [round(each, 2) for each in (*squares, residual)] == [11.24, 32.49, 1.02]
    quality, level = (squares[0] - residual) / 4, (squares[1] - residual) / 6
    assert round(quality / (quality + level + residual), 2) == 0.29

    chains = state(table, quality**0.5, level**0.5, residual)
    expected = draw_levels_and_qualities(table, chains, np.random.default_rng(0))

    shrunk = mean + (1 - residual / squares[0]) * (rows - mean)
    assert expected[0] == pytest.approx(shrunk)


def test_unbalanced_reviews_agree_with_generalised_least_squares():
    random = np.random.default_rng(3)
    counts = (random.random((7, 4)) < 0.6).astype(float)
    counts[0] = 1
    table = Table(counts, counts * random.standard_normal((7, 4)))
    quality, level, noise, slopes = 0.8, 0.5, 0.3, np.array([0.7, 1.0, 1.3, 0.9])
    chains = state(table, quality, level, noise, slopes)
    expected = draw_levels_and_qualities(table, chains, np.random.default_rng(0))[0]

    entry, reviewer = np.nonzero(counts)
    values = table.totals[entry, reviewer]
    qualities = (entry[:, None] == np.arange(7)) * slopes[reviewer][:, None]
    levels = (reviewer[:, None] == np.arange(4)).astype(float)
    covariance = quality**2 * qualities @ qualities.T + level**2 * levels @ levels.T
    inverse = np.linalg.inv(covariance + noise * np.eye(len(values)))
    mean = inverse.sum(axis=0) @ values / inverse.sum()
    residual = inverse @ (values - mean)
    wanted = quality**2 * qualities.T @ residual + (mean + level**2 * levels.T @ residual).mean()
    assert expected == pytest.approx(wanted)


def exact_chances(rows, places):
    """Integrate the plain model on a fine grid of its three deviations, by dense algebra."""
    totals = np.array(rows, float)
    totals = (totals - totals.mean()) / totals.std()
    entry, reviewer = np.nonzero(np.ones_like(totals))
    values = totals[entry, reviewer]
    same_entry, same_reviewer = entry[:, None] == entry, reviewer[:, None] == reviewer
    grid = np.geomspace(0.02, 3, 15)
    noises = np.geomspace(0.08, 1.2, 20)
    random, weights, shares = np.random.default_rng(1), [], []
    for quality in grid:
        for level in grid:
            for noise in noises:
                covariance = quality**2 * same_entry + level**2 * same_reviewer
                inverse = np.linalg.inv(covariance + noise**2 * np.eye(len(values)))
                total = inverse.sum()
                mean = inverse.sum(axis=0) @ values / total
                fit = values @ inverse @ values - mean**2 * total
                log = (np.linalg.slogdet(inverse)[1] - np.log(total) - fit) / 2
                # Flat in log(variance); half-normal in the deviations, on a logarithmic grid.
                weights.append(log + np.log(quality * level) - (quality**2 + level**2) / 2)
                cross = quality**2 * (np.arange(len(totals))[:, None] == entry)
                centre = inverse - np.outer(inverse.sum(axis=0), inverse.sum(axis=0)) / total
                expected = cross @ centre @ values
                spread = quality**2 * np.eye(len(totals)) - cross @ centre @ cross.T
                shares.append((expected, spread))
    weights = np.exp(np.array(weights) - max(weights))
    picked = random.choice(len(weights), 20_000, p=weights / weights.sum())
    wins = np.zeros(len(totals))
    for at, number in zip(*np.unique(picked, return_counts=True), strict=True):
        values, vectors = np.linalg.eigh(shares[at][1])
        root = vectors * np.sqrt(np.maximum(values, 0))
        draws = shares[at][0] + random.standard_normal((number, len(totals))) @ root.T
        wins += np.bincount(np.argsort(-draws, axis=1)[:, :places].ravel(), minlength=len(totals))
    return wins / 20_000


def test_chances_agree_with_exact_integration():
    table = full(SHROUT_FLEISS)
    standard = (table.totals - table.totals.mean()) / table.totals.std()
    draws = draw(Table(table.counts, standard), number=16_000, seed=5, equal_reviewers=True)
    top = np.argsort(-draws.qualities, axis=1)[:, :2]
    chances = np.bincount(top.ravel(), minlength=6) / len(draws.qualities)
    assert chances == pytest.approx(exact_chances(SHROUT_FLEISS, 2), abs=0.015)


def test_work_is_told_and_can_be_stopped():
    table = full(SHROUT_FLEISS)
    told = []
    draws = draw(
        table,
        number=1_001,
        seed=0,
        stop=lambda done: done >= 50,
        progress=lambda done, wanted: told.append((done, wanted)),
    )
    assert told == [(CHAINS * sweep, 1_001) for sweep in range(1, 26)]
    assert len(draws.qualities) == 200


def test_all_draws_are_made_without_a_stop():
    told = []
    draws = draw(
        full(SHROUT_FLEISS),
        number=1_001,
        seed=0,
        stop=lambda done: False,
        progress=lambda done, wanted: told.append(done),
    )
    assert (len(draws.qualities), told[-1]) == (1_008, 1_001)
