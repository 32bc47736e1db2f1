from dataclasses import replace

import pytest

from tests.loop.calls.engine.assignment.examples import open_call
from vuoksi.loop.calls.engine.assignment import (
    Entry,
    Pair,
    Problem,
    Reviewer,
    english,
    explain,
    explain_pair,
    solve,
)


def told(problem, **limits):
    return [english(each) for each in explain(problem, solve(problem, **limits))]


def test_a_complete_plan():
    assert told(open_call(30, 6)) == [
        "Every entry has the 3 reviews wanted.",
        "Each reviewer has between 15 and 15 reviews; within conflicts, languages and limits no"
        " evener sharing is possible.",
        f"On average a reviewer knows {round(100 * solve(open_call(30, 6)).fit)} % of an entry's"
        " topics.",
        "Reviewers meet on common entries well enough to compare how lenient they are.",
    ]


def test_an_incomplete_plan():
    entries = (Entry("e", ("bus",)), Entry("own", ("bus",), authors=("a", "b")))
    reviewers = (Reviewer("a", 1, 0, ("bus",)), Reviewer("b", 9, 9, ("bus",)), Reviewer("c", 0))
    said = told(Problem(entries, reviewers, 3), stop=lambda done: True)
    assert said[:3] == [
        "4 of the 6 reviews wanted cannot be given: there is no way to share the entries that would"
        " give more.",
        "e lacks 1: the 3 reviewers who may judge it have their most.",
        "own lacks 3: only 1 reviewers may judge it.",
    ]
    assert said[4] == "Fewer reviews than promised could be given to: b."
    assert said[-1] == "The computation was stopped early: a better plan may exist."


def test_how_reviews_hang_together():
    problem = open_call(40, 8, clusters=2, wanted=2)
    assert told(replace(problem, mixing_price=0))[-1] == (
        "The reviewers fall into 2 groups without a common entry: scores cannot be compared between"
        " them."
    )
    swaps, weak = told(replace(problem, mixing_price=0.03))[-2:]
    assert swaps.endswith(" exchanges were made so that reviewers meet on more common entries.")
    assert weak.startswith("Some reviewers meet others on few common entries:")


ENTRIES = (
    Entry("heat", ("heat", "bus"), authors=("x",)),
    Entry("own", authors=("a", "x")),
    Entry("office", organisations=("o",)),
    Entry("swedish", language="sv"),
    Entry("declared"),
    Entry("ruled"),
    Entry("plain", ("moss",)),
    Entry("begun"),
)
ONE = Reviewer("a", 9, 9, ("heat",), ("fi",), ("o",), ("declared",))
TWO = Reviewer("b", 9, 9, ("heat",))
PROBLEM = Problem(ENTRIES, (ONE, TWO), 1, (Pair("b", "begun"),), (Pair("a", "ruled"),))


@pytest.mark.parametrize(
    ("reviewer", "entry", "said"),
    [
        ("a", "heat", ["a wrote own together with an author of heat."]),
        ("a", "own", ["a is an author of own."]),
        ("a", "office", ["a shares an organisation with office: o."]),
        ("a", "swedish", ["a does not read sv, the language of swedish."]),
        ("a", "declared", ["a declared a conflict of interest with declared."]),
        ("a", "ruled", ["The coordinator ruled out that a reviews ruled."]),
        ("b", "begun", ["b had begun the review of begun before."]),
        ("b", "heat", ["b knows 1 of the 2 topics of heat: heat."]),
        (
            "a",
            "plain",
            ["a shares no topic with plain, but it needs reviewers and the load is shared evenly."],
        ),
        (
            "b",
            "plain",
            [
                "b could review plain, which has the reviews wanted from others: loads are even and"
                " expertise fits best this way."
            ],
        ),
    ],
)
def test_why_somebody_reviews_an_entry_or_does_not(reviewer, entry, said):
    found = explain_pair(PROBLEM, solve(PROBLEM), reviewer=reviewer, entry=entry)
    assert [english(each) for each in found] == said


def test_who_has_the_most_and_who_is_needed_elsewhere():
    full = Problem((Entry("e"), Entry("f")), (Reviewer("a", 1), Reviewer("b", 1)), 2)
    plan = solve(full)
    other = next(
        each
        for each in "ef"
        if Pair("a", each) not in {Pair(r.reviewer, r.entry) for r in plan.reviews}
    )
    found = explain_pair(full, plan, reviewer="a", entry=other)
    assert [english(each) for each in found] == ["a has as many reviews as agreed (1)."]
    roomy = replace(full, reviewers=(Reviewer("a", 2), Reviewer("b", 2)))
    stopped = replace(plan, loads=tuple(replace(each, most=2) for each in plan.loads))
    found = explain_pair(roomy, stopped, reviewer="a", entry=other)
    assert [each.code for each in found] == ["not_no_way"]
