from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.juries import Jury, concordance, simulate
from tests.loop.calls.engine.ranking.examples import by_entry, jury
from vuoksi.loop.calls.engine.ranking import Score, solve, violations


@st.composite
def juries(draw, whole=None):
    entries, reviewers = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    scores = st.integers(1, 5) if whole is None else whole
    rows = [[draw(st.none() | scores) for _ in range(reviewers)] for _ in range(entries)]
    rows[0][0] = draw(scores)
    rows.append([draw(scores), *[None] * (reviewers - 1)])
    return jury(rows, places=draw(st.integers(0, 8)), low=1, high=5, resamples=200)


@given(juries())
@settings(max_examples=25, deadline=None)
def test_the_checker_accepts_every_result(problem):
    assert violations(problem, solve(problem)) == ()


@given(juries(), st.randoms())
@settings(max_examples=10, deadline=None)
def test_the_order_in_which_things_are_listed_changes_nothing(problem, random):
    def shuffled(values):
        return tuple(random.sample(values, len(values)))

    other = replace(
        problem,
        entries=shuffled(problem.entries),
        reviewers=shuffled(problem.reviewers),
        scores=shuffled(problem.scores),
    )
    assert solve(other) == solve(problem)


@given(juries(whole=st.integers(2, 4)), st.sampled_from([0.25, 0.5]))
@settings(max_examples=10, deadline=None)
def test_another_unit_of_the_scale_changes_no_rank_and_no_chance(problem, factor):
    criterion = problem.criteria[0]
    other = replace(
        problem,
        criteria=(replace(criterion, low=criterion.low * factor, high=criterion.high * factor),),
        scores=tuple(replace(each, value=each.value * factor) for each in problem.scores),
    )
    one, two = solve(problem), solve(other)
    assert by_entry(two, "chance") == by_entry(one, "chance")
    scaled = {key: value * factor for key, value in by_entry(one, "corrected").items()}
    assert by_entry(two, "corrected") == pytest.approx(scaled)


@pytest.mark.parametrize("seed", range(3))
def test_a_reviewer_who_becomes_stricter_throughout_changes_the_order_hardly(seed):
    problem, _, _ = simulate(Jury(entries=30, reviewers=6, per_entry=4), seed, resamples=400)
    stricter = replace(
        problem,
        scores=tuple(
            Score(
                each.reviewer,
                each.entry,
                each.criterion,
                each.value - 2.0 * (each.reviewer == "r00"),
            )
            for each in problem.scores
        ),
    )
    before, after = solve(problem), solve(stricter)
    assert concordance(by_entry(before, "corrected"), by_entry(after, "corrected")) > 0.93
    assert concordance(by_entry(before, "mean_score"), by_entry(after, "mean_score")) < 0.9
    moved = after.reviewers[0].leniency - before.reviewers[0].leniency
    # Measured from the average reviewer, who becomes stricter too.
    assert moved == pytest.approx(-2.0 * 5 / 6, abs=0.2)
