import pytest

from vuoksi.loop.calls.engine.assignment import (
    Entry,
    Pair,
    Problem,
    ProblemError,
    Reviewer,
    bars,
    co_authors,
    solve,
)

ENTRIES = (
    Entry("own", authors=("a", "x")),
    Entry("partner's", authors=("x", "y")),
    Entry("far", authors=("y",)),
    Entry("office", organisations=("o", "p")),
    Entry("swedish", language="sv"),
)
REVIEWERS = (
    Reviewer("a", 9, languages=("fi",), organisations=("p",), conflicts=("own", "far")),
    Reviewer("b", 9),
)


def test_every_reason_is_found_and_nothing_else():
    found = bars(Problem(ENTRIES, REVIEWERS, 1, (), (Pair("b", "far"), Pair("a", "far"))))
    assert found == {
        Pair("a", "own"): ("author", "declared"),
        Pair("a", "partner's"): ("co_author",),
        Pair("a", "far"): ("declared", "forbidden"),
        Pair("a", "office"): ("organisation",),
        Pair("a", "swedish"): ("language",),
        Pair("b", "far"): ("forbidden",),
    }


def test_co_authors_and_what_they_wrote_together():
    assert co_authors(Problem(ENTRIES, REVIEWERS, 1)) == {
        "a": {"x": ("own",)},
        "x": {"a": ("own",), "y": ("partner's",)},
        "y": {"x": ("partner's",)},
    }


def test_a_begun_review_in_another_language_stays():
    problem = Problem(ENTRIES, REVIEWERS, 1, (Pair("a", "swedish"),))
    assert Pair("a", "swedish") not in bars(problem)


def test_a_begun_review_in_conflict_is_refused():
    problem = Problem(ENTRIES, REVIEWERS, 1, (Pair("a", "office"),))
    with pytest.raises(ProblemError) as caught:
        solve(problem)
    assert caught.value.code == "fixed_barred"
