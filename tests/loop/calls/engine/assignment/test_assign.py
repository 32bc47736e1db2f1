from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.loop.calls.engine.assignment.examples import loads, open_call, pairs_of, problems
from vuoksi.loop.calls.engine.assignment import (
    Entry,
    Pair,
    Problem,
    ProblemError,
    Review,
    Reviewer,
    bars,
    solve,
    violations,
)
from vuoksi.loop.calls.engine.assignment.mixing import MIXED_ENOUGH, mix, mixing


def aims(problem, chosen):
    """What the plan shall minimise, in order of importance; `chosen` are reviewers of each entry."""
    missing = [problem.wanted - len(reviewers) for reviewers in chosen]
    counts = {key: sum(key in reviewers for reviewers in chosen) for key in people(problem)}
    reached = sum(min(counts[each.key], each.least) for each in problem.reviewers)
    expertise = {each.key: set(each.expertise) for each in problem.reviewers}
    fit = sum(
        len(set(entry.topics) & expertise[key]) / len(entry.topics)
        for entry, reviewers in zip(problem.entries, chosen, strict=True)
        for key in reviewers
        if entry.topics
    )
    uneven = sum(number * (number + 1) for number in missing)
    return sum(missing), uneven, -reached, sum(each**2 for each in counts.values()), round(-fit, 6)


def people(problem):
    return [reviewer.key for reviewer in problem.reviewers]


def brute_force(problem):
    """The least of all plans, one after the other."""
    barred = bars(problem)
    choices = []
    for entry in problem.entries:
        free = [key for key in people(problem) if Pair(key, entry.key) not in barred]
        sizes = range(min(problem.wanted, len(free)) + 1)
        choices.append([each for size in sizes for each in combinations(free, size)])
    most = {each.key: each.most for each in problem.reviewers}
    return min(
        aims(problem, chosen)
        for chosen in product(*choices)
        if all(sum(key in each for each in chosen) <= most[key] for key in most)
    )


@given(problems(most_entries=4, most_reviewers=4))
@settings(max_examples=60, deadline=None)
def test_each_aim_is_reached_as_well_as_by_trying_all(problem):
    plan = solve(replace(problem, mixing_price=0))
    chosen = [
        tuple(review.reviewer for review in plan.reviews if review.entry == entry.key)
        for entry in problem.entries
    ]
    assert aims(problem, chosen) == pytest.approx(brute_force(problem))


@given(problems())
@settings(max_examples=40, deadline=None)
def test_the_checker_accepts_every_plan(problem):
    assert violations(problem, solve(problem)) == ()


@given(problems(), st.randoms())
@settings(max_examples=15, deadline=None)
def test_the_order_in_which_things_are_listed_changes_nothing(problem, random):
    other = replace(
        problem,
        entries=tuple(random.sample(problem.entries, len(problem.entries))),
        reviewers=tuple(random.sample(problem.reviewers, len(problem.reviewers))),
    )
    assert solve(other) == solve(problem)


@given(problems(), st.data())
@settings(max_examples=25, deadline=None)
def test_fixed_reviews_stay(problem, data):
    planned = [Pair(*pair) for pair in pairs_of(solve(problem))]
    if not planned:
        reject()
    fixed = tuple(data.draw(st.lists(st.sampled_from(planned), unique=True, max_size=3)))
    again = replace(problem, fixed=fixed)
    plan = solve(again)
    assert violations(again, plan) == ()
    assert {Pair(each.reviewer, each.entry) for each in plan.reviews if each.is_fixed} == set(fixed)


def test_expertise_decides_where_loads_allow():
    entries = (Entry("bus", ("bus", "tram")), Entry("moss", ("moss",)), Entry("none"))
    reviewers = (Reviewer("m", 1, 0, ("moss",)), Reviewer("b", 1, 0, ("bus",)), Reviewer("n", 1))
    plan = solve(Problem(entries, reviewers, 1))
    assert plan.reviews == (
        Review("b", "bus", 0.5, ("bus",), False),
        Review("m", "moss", 1.0, ("moss",), False),
        Review("n", "none", 0.0, (), False),
    )
    assert (plan.fit, plan.cautions) == (0.5, ("groups_apart", "no_expertise"))


def test_too_few_places_are_spread_evenly():
    plan = solve(open_call(6, 3, most=4, wanted=3))
    assert [each.missing for each in plan.shortfalls] == [1] * 6
    assert [each.free for each in plan.shortfalls] == [3] * 6
    assert loads(plan) == [4, 4, 4]
    assert plan.cautions[0] == "reviews_missing"


def test_the_least_comes_before_evenness():
    reviewers = (Reviewer("a", 9, 5), Reviewer("b", 9), Reviewer("c", 9))
    plan = solve(Problem(tuple(Entry(f"e{at}") for at in range(7)), reviewers, 1))
    assert loads(plan) == [5, 1, 1]
    plan = solve(Problem((Entry("e"),), (Reviewer("a", 9, 5),), 1))
    assert plan.cautions == ("below_least", "no_expertise")


def test_more_fixed_reviews_than_wanted_stay():
    reviewers = tuple(Reviewer(key, 5) for key in "abc")
    fixed = (Pair("a", "e"), Pair("b", "e"))
    plan = solve(Problem((Entry("e"),), reviewers, 1, fixed))
    assert [(each.reviewer, each.is_fixed) for each in plan.reviews] == [("a", True), ("b", True)]
    assert plan.shortfalls == ()


def test_nobody_may_review_anything():
    plan = solve(Problem((Entry("e", authors=("a",)),), (Reviewer("a", 5),), 2))
    assert (plan.reviews, plan.fit, plan.mixing, plan.groups) == ((), 0.0, 1.0, ())
    assert [(each.missing, each.free) for each in plan.shortfalls] == [(2, 0)]


def test_reviewers_who_know_different_topics_are_made_to_meet():
    problem = open_call(40, 8, clusters=2, wanted=2)
    apart = solve(replace(problem, mixing_price=0))
    assert (len(apart.groups), apart.mixing, apart.fit, apart.swaps) == (2, 0.0, 1.0, 0)
    assert "groups_apart" in apart.cautions
    mixed = solve(replace(problem, mixing_price=0.2))
    assert (len(mixed.groups), mixed.mixing >= MIXED_ENOUGH) == (1, True)
    assert mixed.fit >= 0.8
    assert loads(mixed) == loads(apart)
    assert violations(problem, mixed) == ()
    little = solve(replace(problem, mixing_price=0.03))
    assert little.fit >= 0.97
    assert (len(little.groups), "weakly_mixed" in little.cautions) == (1, True)


def test_equal_choices_are_scattered():
    entries = tuple(Entry(f"e{at:02}") for at in range(60))
    plan = solve(Problem(entries, tuple(Reviewer(f"r{at:02}", 30) for at in range(12)), 3))
    assert (plan.swaps, plan.mixing >= MIXED_ENOUGH) == (0, True)


def test_mixing_is_0_for_groups_apart_and_1_where_all_review_all():
    assert mixing(np.ones((5, 3), bool)) == pytest.approx(1)
    assert mixing(np.eye(3, dtype=bool)) == pytest.approx(0)
    assert mixing(np.zeros((2, 2), bool)) == 1


def test_a_swap_that_helps_nothing_is_undone():
    """Two entries of two reviewers each: exchanging any leaves them two groups."""
    chosen = np.array([[1, 1, 0, 0], [0, 0, 1, 1]], bool)
    before = chosen.copy()
    assert mix(chosen, np.ones((2, 4), bool), np.zeros((2, 4), int), 100) == 0
    assert (chosen == before).all()


@pytest.mark.parametrize("steps", [1, 3, 5])
def test_a_stopped_plan_is_right_but_may_not_be_the_best(steps):
    problem = open_call(20, 5)
    told = []
    plan = solve(problem, stop=lambda done: done >= steps, progress=lambda *at: told.append(at))
    assert plan.cautions[-1] == "stopped_early"
    assert [at[0] for at in told] == list(range(1, steps + 1))
    assert violations(problem, plan) == ()


def test_work_is_told_and_a_large_call_is_planned():
    told = []
    problem = open_call(200, 20, wanted=3)
    plan = solve(problem, stop=lambda done: False, progress=lambda *at: told.append(at))
    assert told == [(step, 6) for step in range(1, 7)]
    assert (loads(plan), plan.shortfalls) == ([30] * 20, ())


FAIR = Problem((Entry("e"), Entry("f")), (Reviewer("a", 2), Reviewer("b", 2)), 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"entries": ()}, "too_few"),
        ({"reviewers": ()}, "too_few"),
        ({"reviewers": tuple(Reviewer(f"r{at}", 1) for at in range(501))}, "too_many"),
        ({"entries": (Entry("e"), Entry("e"))}, "key_twice"),
        ({"reviewers": (Reviewer("a", 1), Reviewer("a", 2))}, "key_twice"),
        ({"reviewers": (Reviewer("a", 1, conflicts=("z",)),)}, "unknown_key"),
        ({"wanted": 0}, "bad_wanted"),
        ({"mixing_price": -0.1}, "bad_price"),
        ({"fixed": (Pair("z", "e"),)}, "unknown_key"),
        ({"forbidden": (Pair("a", "z"),)}, "unknown_key"),
        ({"fixed": (Pair("a", "e"), Pair("a", "e"))}, "key_twice"),
        (
            {"fixed": (Pair("a", "e"),), "reviewers": (Reviewer("a", 0), Reviewer("b", 2))},
            "fixed_too_many",
        ),
    ],
)
def test_what_cannot_be_planned_is_refused(changes, code):
    with pytest.raises(ProblemError) as caught:
        replace(FAIR, **changes)
    assert caught.value.code == code


@pytest.mark.parametrize(("most", "least"), [(-1, 0), (1, 2), (1, -1), (10_001, 0)])
def test_limits_of_a_reviewer_are_in_order(most, least):
    with pytest.raises(ProblemError) as caught:
        Reviewer("a", most, least)
    assert caught.value.code == "bad_capacity"
