from hypothesis import given
from hypothesis import strategies as st

from vuoksi.strategy.engine import anchor_of, split, successor

BODY = "Every child reads well.\n\nEvery library is open late.\r\n \r\nParks are near."


def test_paragraphs_stand_between_empty_lines():
    assert [(one.number, one.text) for one in split(BODY)] == [
        (1, "Every child reads well."),
        (2, "Every library is open late."),
        (3, "Parks are near."),
    ]


def test_an_empty_text_has_no_paragraph():
    assert split(" \n\n \n") == ()


def test_spacing_and_line_breaks_do_not_change_the_anchor():
    assert anchor_of("Every child\nreads  well.") == anchor_of("Every child reads well.")


def test_equal_paragraphs_have_one_anchor_and_two_places():
    first, second = split("Parks.\n\nParks.")
    assert first.anchor == second.anchor
    assert (first.place, second.place) == (first.anchor, f"{first.anchor}-2")


def test_a_moved_paragraph_keeps_its_anchor():
    before = {one.text: one.anchor for one in split("A tree.\n\nA lake.")}
    after = {one.text: one.anchor for one in split("New.\n\nA lake.\n\nA tree.")}
    assert {text: after[text] for text in before} == before


def test_the_successor_is_the_paragraph_that_is_most_alike():
    later = split("Libraries close.\n\nEvery child in Espoo reads well.")
    found = successor("Every child reads well.", later)
    assert found is not None
    assert found.number == 2


def test_without_a_likeness_there_is_no_successor():
    assert successor("Every child reads well.", split("Parks are near.")) is None
    assert successor("Every child reads well.", ()) is None


@given(st.text())
def test_places_are_unique_and_nothing_is_lost(body):
    parts = split(body)
    assert len({one.place for one in parts}) == len(parts)
    assert [word for one in parts for word in one.text.split()] == body.replace(
        "\r\n", "\n"
    ).split()


@given(st.text(min_size=1))
def test_an_unchanged_paragraph_is_its_own_successor(body):
    for part in split(body):
        found = successor(part.text, split(body))
        assert found is not None
        assert found.text.casefold().split() == part.text.casefold().split()
