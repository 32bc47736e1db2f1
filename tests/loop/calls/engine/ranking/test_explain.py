from dataclasses import replace

import pytest

from tests.factories.juries import Jury, simulate
from tests.loop.calls.engine.ranking.examples import jury, steady
from vuoksi.loop.calls.engine.ranking import (
    Category,
    Entry,
    english,
    explain,
    explain_entry,
    solve,
)


def told(problem, result=None):
    result = result or solve(problem)
    return [english(sentence) for sentence in explain(problem, result)]


def test_clear_and_open_places_and_the_cut():
    problem = jury(steady(9, 7, 4.02, 4, 4.01, 2), places=3)
    said = told(problem)
    assert said[:3] == [
        "Places 1 to 2 are clear, each of them.",
        "Places 3 to 5 are not decided by the scores: who stands on them is clear, their order is"
        " not.",
        "Place 6 is clear: e5.",
    ]
    assert said[3].startswith("The line after place 3 is not clear: the chance that e2 truly is")
    assert said[4] == "Sure of a place (90 % or more): e0, e1."
    assert said[5].startswith("May or may not belong among the winners, the likeliest first: e")
    assert said[6] == "Reviewers hardly differed in leniency, so the correction changes little."
    assert said[7:] == []


def test_nothing_is_decided_and_the_rest_is_open():
    same = jury([[5, 6, 4, 5], [5, 4, 6, 5], [4, 6, 5, 5]], places=2)
    assert told(same)[0] == "The scores do not decide any place for certain."
    rest = jury(steady(9, 4.02, 4, 4.01), places=1)
    assert told(rest)[:3] == [
        "Place 1 is clear: e0.",
        "From place 2 on, the scores do not decide the order.",
        "The line after place 1 is clear: e0 is in, e1 is not.",
    ]


def test_a_tie_at_the_cut():
    said = told(jury([[9, 9, 9], [5, 5, 5], [5, 5, 5], [1, 1, 2]], places=2))
    assert (
        "The line after place 2 runs between entries with the same corrected score (e1 and e2): the"
        " scores cannot choose between them." in said
    )


def test_categories_without_places_or_with_places_for_all():
    problem = jury(steady(9, 6, 3))
    entries = (Entry("e0", "x"), Entry("e1", "y"), Entry("e2", "y"))
    categories = (Category("x", 0), Category("y", 2), Category("z", 1))
    said = told(replace(problem, entries=entries, categories=categories))
    assert said[:7] == [
        "Category x:",
        "Place 1 is clear: e0.",
        "There are no places to be given.",
        "Category y:",
        "Places 1 to 2 are clear, each of them.",
        "There is a place for every entry.",
        "Category z:",
    ]


def test_leniency_spread_and_cautions():
    problem, _, _ = simulate(Jury(60, 6, 6, slope=0.8, scatter=0.4, leniency=3), 1)
    said = told(problem)
    assert any(text.startswith("Reviewers differed in leniency: between the most") for text in said)
    assert said[-1] == (
        "Some reviewers told entries apart more strongly than others; this has been corrected for"
        " too."
    )
    apart = [[9, None, None], [8, None, None], [None, 3, None], [None, 2, 3], [None] * 3]
    said = told(jury(apart))
    assert said[-4:] == [
        "There are 2 groups of entries that no reviewer connects. Between groups the scores cannot"
        " tell a better entry from a more lenient reviewer; the ranking assumes that no group had"
        " the stricter reviewers, and its uncertainty allows for that.",
        "1 entries have no review: nothing is known of their quality.",
        "3 entries have one review only.",
        "There are few reviewers: how much they differ is itself uncertain.",
    ]


@pytest.mark.parametrize(
    ("entry", "start"),
    [
        (
            "e0",
            "Its 2 reviews average 6.50. Its reviewers were stricter than this jury's average by",
        ),
        (
            "e1",
            "Its 2 reviews average 8.50. Its reviewers were more lenient than this jury's average",
        ),
        ("e2", "Its 4 reviews average 5.50, its reviewers were about as strict as this jury's"),
        ("e6", "It has no review, so nothing is known of its quality."),
    ],
)
def test_why_an_entry_stands_where_it_stands(entry, start):
    table = (
        (None, None, 6.5, 6.5),
        (8.5, 8.5, None, None),
        (7, 7, 4, 4),
        (9, 9, 6, 6),
        (5, 5, 2, 2),
        (6, 6.1, 3, 3.1),
        (None, None, None, None),
    )
    problem = jury(table)
    said = [english(each) for each in explain_entry(problem, solve(problem), entry)]
    assert said[0].startswith(f"{entry} is number ")
    assert said[1].startswith("With 90 % confidence its true place is between ")
    assert said[2].startswith("The chance that it belongs among the 2 winners is ")
    assert said[3].startswith(start)
    assert len(said) == (4 if entry == "e6" else 5)


def test_a_shared_place():
    problem = jury([[5, 5], [5, 5], [1, 2]])
    said = english(explain_entry(problem, solve(problem), "e1")[0])
    assert said == "e1 shares place 1 of 3 with an equal corrected score."
