"""Texts with blanks, and what follows from the checklist."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.loop.experiments.testbeds.engine import (
    CHECKLISTS,
    NEWEST,
    Given,
    Unfilled,
    asked,
    blanks,
    drafted,
    faults,
    filled,
    outcome,
)

CHECKLIST = CHECKLISTS[NEWEST]
DATA = ("article_35", "wp248", "finland")
names = st.from_regex(r"\A[a-z][a-z0-9_]{0,20}\Z")
words = st.text(st.characters(codec="utf-8", exclude_characters="[]"), max_size=30)


def test_blanks_are_found_once_in_their_order():
    text = "[partner] and [city]: [partner], [insurance]. Not [this one] nor [That]."
    assert blanks(text) == ("partner", "city", "insurance")
    assert asked(text) == ("insurance",)


@given(st.dictionaries(names, words.filter(str.strip), min_size=1, max_size=5), words)
def test_a_filled_text_holds_each_value_and_no_blank(values, between):
    text = between.join(f"[{name}]" for name in values)
    assert filled(text, values) == between.join(value.strip() for value in values.values())


def test_what_is_filled_in_is_no_blank():
    assert filled("[a] [b]", {"a": "[b]", "b": "x"}) == "[b] x"


def test_gaps_are_named():
    with pytest.raises(Unfilled) as caught:
        filled("[a] [b] [c]", {"a": "x", "b": "  "})
    assert caught.value.names == ("b", "c")
    assert drafted("[a] [b] [c]", {"a": "x", "b": "  "}) == "x [b] [c]"


def test_the_checklist_has_its_sources_questions():
    counts = {name: len(CHECKLIST.of(name)) for name in ("first", *DATA, "tenk")}
    assert counts == {"first": 2, "article_35": 3, "wp248": 9, "finland": 5, "tenk": 6}
    assert len(set(CHECKLIST.keys)) == len(CHECKLIST.keys)


def answers(*yes, notes=(), **more):
    """All questions answered: yes to these and to the first two, no to the others."""
    given_answers = {
        key: Given("yes" if key in {*yes, "personal_data", "people_studied"} else "no", "")
        for key in CHECKLIST.keys
    }
    return {**given_answers, **{key: Given("yes", "why") for key in notes}, **more}


@pytest.mark.parametrize(
    ("yes", "assessment", "review"),
    [
        ((), "not_needed", "not_needed"),
        (("matching",), "maybe", "not_needed"),
        (("matching", "scoring"), "needed", "not_needed"),
        (("location_data",), "needed", "not_needed"),
        (("special_at_scale",), "needed", "not_needed"),
        (("strong_stimuli",), "not_needed", "needed"),
    ],
)
def test_what_follows(yes, assessment, review):
    found = outcome(CHECKLIST, answers(*yes))
    assert (found.assessment, found.review) == (assessment, review)
    assert {*found.assessment_reasons, *found.review_reasons} == set(yes)


@given(st.sets(st.sampled_from([k for k in CHECKLIST.keys if k not in CHECKLIST.of("first")])))
def test_one_more_yes_never_asks_for_less(yes):
    order = {"not_needed": 0, "maybe": 1, "needed": 2}
    found = outcome(CHECKLIST, answers(*yes))
    for key in CHECKLIST.keys:
        more = outcome(CHECKLIST, answers(*yes, key))
        assert order[more.assessment] >= order[found.assessment]
        assert order[more.review] >= order[found.review]


@given(st.sets(st.sampled_from(CHECKLIST.keys)))
def test_every_gap_is_named(left_out):
    given_answers = {key: one for key, one in answers().items() if key not in left_out}
    assert faults(CHECKLIST, given_answers) == dict.fromkeys(left_out, "missing")


def test_contradictions_and_strays_are_named():
    no_data = answers("matching", "safety_risk", personal_data=Given("no"), stray=Given("no"))
    assert faults(CHECKLIST, no_data) == {"matching": "contradiction", "stray": "unknown"}
    no_people = answers("safety_risk", people_studied=Given("na"))
    assert faults(CHECKLIST, no_people) == {"safety_risk": "contradiction"}


def test_a_judgement_is_written_down():
    assert faults(CHECKLIST, answers("matching")) == {"matching": "note_missing"}
    assert faults(CHECKLIST, answers(notes=("matching",))) == {}
    assert faults(CHECKLIST, answers("matching", "scoring")) == {}
