from dataclasses import replace

import pytest

from vuoksi.loop.calls.engine.assignment import (
    Entry,
    Load,
    Pair,
    Plan,
    Problem,
    Review,
    Reviewer,
    Shortfall,
    solve,
    violations,
)

PROBLEM = Problem(
    entries=(Entry("e", ("bus",)), Entry("f"), Entry("g", authors=("a",))),
    reviewers=(Reviewer("a", 2, 0, ("bus",)), Reviewer("b", 3), Reviewer("c", 3)),
    wanted=2,
    fixed=(Pair("a", "e"),),
)
PLAN = solve(PROBLEM)


def review(reviewer, entry, **more):
    return Review(
        **{
            "reviewer": reviewer,
            "entry": entry,
            "fit": 0.0,
            "shared": (),
            "is_fixed": False,
            **more,
        }
    )


def first(**changes):
    return {"reviews": (replace(PLAN.reviews[0], **changes), *PLAN.reviews[1:])}


def test_a_right_plan_has_none():
    assert violations(PROBLEM, PLAN) == ()
    assert PLAN.reviews[0] == review("a", "e", fit=1.0, shared=("bus",), is_fixed=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reviews": (*PLAN.reviews, PLAN.reviews[0])}, "a review is planned twice"),
        ({"reviews": PLAN.reviews[1:]}, "a fixed review is missing"),
        ({"reviews": (*PLAN.reviews, review("z", "e"))}, "z or e is unknown"),
        ({"reviews": (*PLAN.reviews, review("a", "g"))}, "a must not review g"),
        (first(is_fixed=False), "is_fixed of a and e is wrong"),
        (first(fit=0.5), "fit of a and e is wrong"),
        (first(shared=()), "fit of a and e is wrong"),
        ({"fit": 0.9}, "fit is not the average"),
        ({"loads": PLAN.loads[1:]}, "loads are miscounted"),
        ({"shortfalls": (Shortfall("e", 1, 2),)}, "shortfalls are miscounted"),
        ({"groups": ()}, "groups are not what common entries connect"),
        ({"mixing": 0.0}, "mixing does not fit the groups"),
    ],
)
def test_what_is_wrong_is_found(changes, said):
    assert said in violations(PROBLEM, replace(PLAN, **changes))


def plan(problem, *pairs, mixing=1.0, groups=()):
    """A plan as a careless solver would make it, with its counts right."""
    counts = {each.key: sum(pair[0] == each.key for pair in pairs) for each in problem.reviewers}
    given = {each.key: sum(pair[1] == each.key for pair in pairs) for each in problem.entries}
    return Plan(
        reviews=tuple(review(*pair) for pair in pairs),
        loads=tuple(Load(each.key, counts[each.key], each.least, each.most) for each in problem.reviewers),
        shortfalls=tuple(
            Shortfall(key, problem.wanted - number, len(problem.reviewers))
            for key, number in given.items()
            if number < problem.wanted
        ),
        fit=0.0,
        mixing=mixing,
        groups=groups,
        swaps=0,
        cautions=(),
    )  # fmt: skip


OPEN = Problem((Entry("e"), Entry("f")), (Reviewer("a", 1), Reviewer("b", 2)), 1)


def test_more_than_the_most_or_than_wanted():
    found = violations(OPEN, plan(OPEN, ("a", "e"), ("a", "f"), groups=(("a",),)))
    assert found == ("a has more than its most", "b could take a review from a")
    found = violations(OPEN, plan(OPEN, ("a", "e"), ("b", "e"), groups=(("a", "b"),)))
    assert "e has too many reviews" in found


def test_a_review_that_could_be_given_through_a_chain():
    chain = Problem(
        (Entry("e", organisations=("o",)), Entry("f")),
        (Reviewer("a", 1), Reviewer("b", 1, organisations=("o",))),
        1,
    )
    short = replace(plan(chain, ("a", "f"), groups=(("a",),)), shortfalls=(Shortfall("e", 1, 1),))
    assert violations(chain, short) == ("e could have one more review",)


def test_loads_that_could_be_evener():
    uneven = plan(OPEN, ("b", "e"), ("b", "f"), groups=(("b",),))
    assert violations(OPEN, uneven) == ("a could take a review from b",)
    assert violations(OPEN, replace(uneven, cautions=("stopped_early",))) == ()
    promised = replace(OPEN, reviewers=(Reviewer("a", 1), Reviewer("b", 2, 2)))
    split = plan(promised, ("a", "e"), ("b", "f"), mixing=0.0, groups=(("a",), ("b",)))
    assert violations(promised, split) == ("b could take a review from a",)
