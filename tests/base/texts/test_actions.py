from datetime import UTC, datetime

import pytest

from tests.factories.people import person_with
from tests.factories.places import FinnishPlaceFactory
from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import Role
from vuoksi.base.texts.actions import translate
from vuoksi.base.texts.models import Translation
from vuoksi.base.texts.queries import Seen, attach, coverage_of, digest, in_language, seal, works_of

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def write(place, text="Place", state="human", **more):
    translate(thing=place, language="en", texts={"name": text}, state=state, by=None, at=AT, **more)


def stored():
    return list(Translation.objects.values_list("field", "language", "text", "state"))


def test_translation_is_kept_with_its_state_and_audited():
    staff, place = person_with(Role.STAFF), FinnishPlaceFactory()

    translate(
        thing=place,
        language="sv",
        texts={"name": "Plats", "summary": "Kort"},
        state={"name": "reviewed", "summary": "machine"},
        by=staff,
        at=AT,
    )

    assert sorted(stored()) == [
        ("name", "sv", "Plats", "reviewed"),
        ("summary", "sv", "Kort", "machine"),
    ]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.details) == (
        "texts.translate",
        staff,
        {"language": "sv", "fields": ["name", "summary"]},
    )


def test_an_empty_text_removes_the_translation():
    place = FinnishPlaceFactory()
    write(place)

    write(place, "  ")

    assert stored() == []


@pytest.mark.parametrize(
    ("language", "texts", "words"),
    [("en", {"slug": "x"}, "no texts named"), ("fi", {"name": "x"}, "is written in 'fi' itself")],
)
def test_what_is_no_translation_is_refused(language, texts, words):
    with pytest.raises(ValueError, match=words):
        translate(
            thing=FinnishPlaceFactory(), language=language, texts=texts, state="human", by=None, at=AT
        )


def test_a_translation_that_changed_meanwhile_is_not_overwritten():
    place = FinnishPlaceFactory()
    write(place, "First")
    seen = {"name": Seen(seal("First", "human"), digest(place.name))}
    write(place, "Second")

    with pytest.raises(EditedMeanwhile) as conflict:
        write(place, "Third", seen=seen)

    assert conflict.value.thing == place
    assert stored() == [("name", "en", "Second", "human")]


def test_a_translation_that_appeared_meanwhile_is_not_overwritten():
    place = FinnishPlaceFactory()
    write(place, "First")

    with pytest.raises(EditedMeanwhile):
        write(place, "Mine", seen={"name": Seen("", digest(place.name))})


def test_the_same_text_written_twice_is_no_conflict():
    place = FinnishPlaceFactory()
    write(place, "Same")

    write(place, "Same", seen={"name": Seen("", digest(place.name))})

    assert stored() == [("name", "en", "Same", "human")]


def test_nothing_is_saved_when_one_of_the_texts_is_in_conflict():
    place = FinnishPlaceFactory(summary="Lyhyesti")
    write(place, "First")

    with pytest.raises(EditedMeanwhile):
        translate(
            thing=place,
            language="en",
            texts={"summary": "In short", "name": "Mine"},
            state="human",
            seen={"name": Seen("", "")},
            by=None,
            at=AT,
        )

    assert stored() == [("name", "en", "First", "human")]


def test_a_translation_made_from_an_older_source_is_behind():
    place = FinnishPlaceFactory(name="Uusi nimi")

    write(place, "Old name", seen={"name": Seen("", digest("Vanha nimi"))})

    assert in_language(place, "name", "en").is_behind is True


def test_works_leave_out_what_is_empty_in_both():
    place = FinnishPlaceFactory(summary="", offers="Tilaa")
    write(place)

    assert [(work.field, work.text, work.is_behind) for work in works_of(place, "en")] == [
        ("name", "Place", False),
        ("offers", "", False),
    ]


def test_coverage_counts_texts_by_language():
    place = FinnishPlaceFactory(summary="Lyhyesti")
    write(place, state="machine")
    place.name = "Muuttunut"
    place.save()

    english, swedish = coverage_of(place, ["fi", "en", "sv"])

    assert (english.total, english.translated, english.behind, english.by_machine) == (2, 1, 1, 1)
    assert (swedish.language, swedish.translated) == ("sv", 0)


@pytest.mark.parametrize("number", [1, 3])
def test_texts_of_many_things_take_one_query(number, django_assert_num_queries):
    places = FinnishPlaceFactory.create_batch(number)
    attach(places, "en")

    with django_assert_num_queries(1):
        attach(places, "en")
