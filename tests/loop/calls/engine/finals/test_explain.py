import pytest

from tests.loop.calls.engine.finals.examples import TENNESSEE, finals
from vuoksi.loop.calls.engine.finals import english, explain, explain_finalist, solve


def told(problem, **limits):
    return [english(each) for each in explain(problem, solve(problem, **limits))]


def test_an_open_winner():
    said = told(TENNESSEE)
    assert said[:3] == [
        "The order that disagrees least with the 100 ballots is: Nashville, Chattanooga, Knoxville,"
        " Memphis.",
        "It agrees with 66 % of the members' comparisons of two finalists.",
        "The line after place 2 is clear: other members of this kind would very likely have chosen"
        " the same 2.",
    ]
    assert said[3].startswith(
        "Who wins is not clear from the ballots alone. The chances: Nashville"
    )
    assert said[4:] == []


def test_clear_winners():
    assert told(finals(*["abc"] * 20, places=2))[-1] == "The winners are clear: a, b."


def test_a_cycle_is_a_tie():
    assert told(finals("abc", "bca", "cab"))[2:] == [
        "3 orders are equally good; where they differ, the one shown puts the stronger finalist"
        " first.",
        "So few or so different ballots do not decide any place for certain.",
        "The line after place 1 runs between finalists that equally good orders place on either"
        " side: " + ", ".join(each.finalist for each in solve(finals("abc", "bca", "cab")).standings)
        + ". The jury must choose between them.",
        "There are few ballots: one more could change the order.",
    ]  # fmt: skip


def test_places_for_all_have_no_line_and_cautions_are_told():
    said = told(finals("ab", "ba", places=3, finalists="abc"), stop=lambda done: True)
    assert said[-4:] == [
        "There are few ballots: one more could change the order.",
        "Some members did not judge every finalist; that counts neither for nor against those that"
        " they left out.",
        "A finalist was judged by nobody: its place means nothing.",
        "The computation was stopped early: its chances are rougher than usual.",
    ]
    assert not any(text.startswith(("Who wins", "The winners")) for text in said)


@pytest.mark.parametrize(
    ("finalist", "said"),
    [
        ("Nashville", "Nashville is on place 1: 68 of 100 members put it before Chattanooga."),
        ("Memphis", "Memphis is on place 4, the last."),
    ],
)
def test_why_a_finalist_stands_where_it_stands(finalist, said):
    first, second = (
        english(each) for each in explain_finalist(TENNESSEE, solve(TENNESSEE), finalist)
    )
    assert first == said
    assert second.startswith("The chance that a larger jury of such members would put it among")
