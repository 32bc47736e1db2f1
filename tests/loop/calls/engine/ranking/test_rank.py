from dataclasses import replace

import pytest

from tests.factories.juries import Jury, concordance, simulate, winners
from tests.loop.calls.engine.ranking.examples import SHROUT_FLEISS, by_entry, jury, steady
from vuoksi.loop.calls.engine.ranking import Band, Category, Entry, Score, solve, violations


def test_reviewers_who_saw_all_leave_the_order_of_the_means():
    result = solve(jury(SHROUT_FLEISS))
    means = [each.mean_score for each in result.standings]
    assert means == sorted(means, reverse=True)
    assert result.standings[0].entry == "e4"
    means = [sum(column) / 6 for column in zip(*SHROUT_FLEISS, strict=True)]
    centre = sum(means) / 4
    for each, mean in zip(result.reviewers, means, strict=True):
        assert each.mean_score == pytest.approx(mean)
        assert each.leniency == pytest.approx(mean - centre, abs=0.25)
        assert each.low < each.leniency < each.high


def test_a_strict_reviewer_does_not_decide():
    """r2 gives everybody 3 less: e3, whom only r1 and r2 saw, has a lower mean than e1 but is better."""
    rows = (
        (9, 9, 6), (8, 8, 5), (6, 6, 3), (None, 9, 6), (7, 7, 4), (8, 8, None), (4, 4, 1), (5, None, 2),
        (7, 7, None), (3, 3, None), (6, None, 3), (None, 5, 2),
    )  # fmt: skip
    result = solve(jury(rows, places=3))
    mean, corrected = by_entry(result, "mean_score"), by_entry(result, "corrected")
    assert mean["e3"] < mean["e5"]
    assert corrected["e3"] > corrected["e5"] + 0.5
    assert [round(each.leniency, 1) for each in result.reviewers] == [1.0, 1.0, -2.0]


def test_clear_places_are_told_from_open_ones():
    rows = steady(9, 7, 4.02, 4, 4.01, 2)
    result = solve(jury(rows, places=3))
    assert [(band.first, band.last) for band in result.bands] == [(1, 1), (2, 2), (3, 5), (6, 6)]
    cut = result.cuts[0]
    assert (cut.certain, set(cut.possible)) == (("e0", "e1"), {"e2", "e3", "e4"})
    assert (cut.is_decided, cut.is_tie, cut.last_in) == (False, False, result.standings[2].entry)
    assert violations(jury(rows, places=3), result) == ()


def test_a_clear_cut():
    result = solve(jury(((9, 9), (9, 8), (2, 1), (1, 2)), places=2))
    assert (result.cuts[0].is_decided, result.cuts[0].possible) == (True, ())


def test_equal_scores_share_a_rank_and_make_the_cut_a_tie():
    rows = ((9, 8, 9), (5, 5, 5), (5, 5, 5), (5, 5, 5), (1, 2, 1))
    result = solve(jury(rows, places=2))
    assert [each.rank for each in result.standings] == [1, 2, 2, 2, 5]
    assert [each.entry for each in result.standings] == ["e0", "e1", "e2", "e3", "e4"]
    assert result.cuts[0].is_tie
    chances = by_entry(result, "chance")
    assert [chances[key] for key in ("e1", "e2", "e3")] == pytest.approx([1 / 3] * 3, abs=0.05)


def test_no_variation_leaves_equal_chances():
    problem = jury([[4, 4, 4]] * 5, places=2)
    result = solve(problem)
    assert [each.rank for each in result.standings] == [1] * 5
    assert [each.chance for each in result.standings] == pytest.approx([0.4] * 5, abs=0.05)
    assert result.cautions == ("few_reviewers", "no_variation")


def test_an_entry_without_review_is_as_likely_as_any():
    rows = [[9, 8, 9, 9], [1, 2, 1, 1], [5, 5, 5, 6], [None] * 4]
    result = solve(jury(rows, places=1))
    found = {each.entry: each for each in result.standings}["e3"]
    assert (found.mean_score, found.reviews) == (None, 0)
    assert 0.1 < found.chance < 0.4
    assert result.groups == (("e0", "e1", "e2"), ("e3",))
    assert result.cautions == ("entries_without_review",)


def test_groups_that_nobody_connects_are_uncertain_between_each_other():
    lenient, strict = [9, 8, 7, 6], [5, 4, 3, 2]
    rows = [[x, x, None, None] for x in lenient] + [[None, None, x, x] for x in strict]
    result = solve(jury(rows, places=4))
    assert "groups_not_compared" in result.cautions
    assert result.groups == (("e0", "e1", "e2", "e3"), ("e4", "e5", "e6", "e7"))
    chances = by_entry(result, "chance")
    # Within a group the order is clear; between them much is left open.
    assert chances["e4"] > 0.1
    assert chances["e3"] < 0.9


def test_single_reviews_few_reviewers_and_a_stop_are_told():
    rows = ((5, None, 4), (None, 3, None), (2, 4, None))
    problem = replace(
        jury(rows), criteria=(*jury(rows).criteria, replace(jury(rows).criteria[0], key="d"))
    )
    problem = replace(problem, scores=(*problem.scores, Score("r0", "e0", "d", 5.0)))
    result = solve(problem, stop=lambda done: True)
    assert result.resamples == 200
    assert result.cautions == (
        "single_reviews", "few_reviewers", "incomplete_reviews", "stopped_early",
    )  # fmt: skip


def test_many_top_scores_are_told():
    rows = [[10, 10, 10, 9], [10, 9, 8, 10], [4, 5, 6, 7]]
    assert solve(jury(rows)).cautions == ("many_top_scores",)


def test_categories_are_ranked_apart_with_one_leniency():
    rows = [[9, 8], [7, 6], [5, 4], [3, 2], [2, 1]]
    problem = jury(rows)
    entries = tuple(Entry(f"e{at}", "even" if at % 2 == 0 else "odd") for at in range(5))
    categories = (Category("odd", 1), Category("even", 5), Category("none", 2), Category("zero", 0))
    problem = replace(problem, entries=entries, categories=categories)
    result = solve(problem)
    assert [(each.entry, each.category, each.rank) for each in result.standings] == [
        ("e1", "odd", 1), ("e3", "odd", 2), ("e0", "even", 1), ("e2", "even", 2), ("e4", "even", 3),
    ]  # fmt: skip
    assert [each.chance for each in result.standings][2:] == [1.0, 1.0, 1.0]
    assert [(cut.last_in, cut.first_out) for cut in result.cuts] == [
        ("e1", "e3"), ("e4", None), (None, None), (None, None),
    ]  # fmt: skip
    assert Band("odd", 1, 1) in result.bands
    assert violations(problem, result) == ()


def test_reviewers_who_tell_entries_apart_differently_are_found():
    problem, _, _ = simulate(Jury(60, 6, 6, slope=0.8, scatter=0.4), 1)
    spreads = [each.spread for each in solve(problem).reviewers]
    assert max(spreads) > 2 * min(spreads)
    problem, _, _ = simulate(Jury(60, 6, 6, scatter=0.4), 1)
    assert [each.spread for each in solve(problem).reviewers] == [None] * 6


def test_the_same_seed_gives_the_same_result():
    problem = jury(SHROUT_FLEISS)
    assert solve(problem) == solve(problem)
    assert solve(problem) != solve(replace(problem, seed=1))


def test_correcting_recovers_the_true_order_better_than_the_mean_score():
    gains = []
    for seed in range(12):
        problem, qualities, _ = simulate(
            Jury(leniency=1.0, unsteady=0.3, assigned="bridged"), seed, resamples=200
        )
        result = solve(problem)
        corrected = concordance(by_entry(result, "corrected"), qualities)
        gains.append(corrected - concordance(by_entry(result, "mean_score"), qualities))
    assert sum(gains) / len(gains) > 0.1
    assert min(gains) > 0


@pytest.mark.parametrize(
    "kind",
    [
        Jury(leniency=0.7, slope=0.3, unsteady=0.3),
        Jury(entries=20, reviewers=3, per_entry=2, places=5),
        Jury(whole=True, criteria=3, middle=3.8),
        Jury(assigned="apart"),
    ],
)
def test_chances_are_calibrated(kind):
    """Of entries given a chance, about that share belongs; intervals hold the truth about as often as they say."""
    told, belongs, inside = [], [], []
    for seed in range(16):
        problem, qualities, _ = simulate(kind, seed, resamples=400)
        true = winners(problem, qualities)
        order = sorted(qualities, key=lambda key: -qualities[key])
        for each in solve(problem).standings:
            told.append(each.chance)
            belongs.append(each.entry in true)
            inside.append(each.rank_low <= order.index(each.entry) + 1 <= each.rank_high)
    assert 0.85 <= sum(inside) / len(inside) <= 0.98
    for low, high in ((0, 0.1), (0.1, 0.4), (0.4, 0.6), (0.6, 0.9), (0.9, 1.01)):
        bin_ = [(p, b) for p, b in zip(told, belongs, strict=True) if low <= p < high]
        expected = sum(p for p, _ in bin_)
        deviation = sum(p * (1 - p) for p, _ in bin_) ** 0.5
        # Entries of one jury depend on each other, so four deviations and a little are allowed.
        assert abs(sum(b for _, b in bin_) - expected) <= 4 * deviation + 1
