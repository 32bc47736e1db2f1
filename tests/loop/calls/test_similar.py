"""What is like an idea shows while it is written: only what everybody may read, and why."""

from uuid import uuid4

import pytest

from tests.factories.calls import NOW, CallFactory, DraftFactory, EntryFactory
from tests.factories.experiments import ExperimentFactory
from tests.factories.people import UserFactory
from vuoksi.base.texts.actions import translate
from vuoksi.loop.calls import actions, queries
from vuoksi.loop.calls.models import Compared, Entry, Posting
from vuoksi.loop.calls.registry import comparable

pytestmark = pytest.mark.django_db
LAMPS = {"title": "Bright lamps to borrow", "summary": "The library lends bright lamps in winter."}
DRAFT = queries.Draft("Lamps from the library", "Borrow a bright lamp in winter.", "en")


def titles(draft=DRAFT):
    return ["".join(piece.text for piece in one.title) for one in queries.similar_to(draft)]


def refreshed():
    return actions.refresh_compared(at=NOW)


def test_a_like_idea_is_found_and_the_words_say_why():
    EntryFactory(**LAMPS, state="accepted")
    EntryFactory(title="Benches", summary="More benches by the sea.")
    refreshed()
    [one] = queries.similar_to(DRAFT)
    assert set(one.words) == {"bright", "lamps", "borrow", "library", "winter"}
    assert [piece.text for piece in one.title if piece.hit] == ["Bright", "lamps", "borrow"]
    assert (str(one.label), str(one.note.text), one.note.tone) == ("Idea", "goes forward", "good")


def test_past_pilots_are_found_too():
    ExperimentFactory(state="ended", **LAMPS)
    refreshed()
    assert [str(one.label) for one in queries.similar_to(DRAFT)] == ["Pilot", "Idea"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "draft", "submitted_at": None},
        {"state": "sealed"},
        {"state": "withdrawn"},
        {"visibility": "hidden", "hidden_at": NOW, "hidden_reason": "insult"},
        {"visibility": "held"},
        {"call__state": "draft"},
    ],
)
def test_what_nobody_may_read_is_never_shown(hidden):
    EntryFactory(**LAMPS, **hidden)
    refreshed()
    assert (titles(), Compared.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "later", [{"state": "withdrawn"}, {"visibility": "held"}, {"state": "sealed"}]
)
def test_what_was_hidden_since_the_last_tick_is_not_shown(later):
    EntryFactory(**LAMPS)
    refreshed()
    Entry.objects.update(**later)
    assert titles() == []


def test_an_idea_is_not_like_itself():
    entry = EntryFactory(**LAMPS)
    refreshed()
    assert titles(queries.Draft(title=DRAFT.title, text=DRAFT.text, language="en", own=str(entry.pk))) == []  # fmt: skip


def test_one_word_in_common_is_chance():
    EntryFactory(title="Lamps", summary="Street lights by the shore.")
    refreshed()
    assert titles() == []


def test_a_translation_is_compared_in_its_language():
    entry = EntryFactory(**LAMPS)
    texts = {"title": "Kirkkaita lamppuja lainaan", "summary": "Kirjasto lainaa lamppuja talvella."}
    translate(thing=entry, language="fi", texts=texts, state="human", by=None, at=NOW)
    refreshed()
    assert titles(queries.Draft("Lamppu lainaksi", "Kirjastosta lamppu talveksi", "fi")) == [
        "Kirkkaita lamppuja lainaan"
    ]


def test_no_more_than_three_of_a_kind():
    EntryFactory.create_batch(5, **LAMPS)
    refreshed()
    assert len(titles()) == 3


def test_only_what_changed_is_read_anew():
    one, _other = EntryFactory(**LAMPS), EntryFactory(title="Benches", summary="By the sea.")
    assert (refreshed(), refreshed()) == (2, 0)
    Entry.objects.filter(pk=one.pk).update(title="Dim lamps")
    assert refreshed() == 1
    Entry.objects.filter(pk=one.pk).update(state="withdrawn")
    assert refreshed() == 1
    assert Compared.objects.count() == 1
    assert set(Posting.objects.values_list("text__object_id", flat=True)) == {str(_other.pk)}


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match="entries"):
        comparable("entries", "Ideas")


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, count):
    EntryFactory.create_batch(count, **LAMPS)
    refreshed()
    queries.similar_to(DRAFT)
    with django_assert_num_queries(7):
        assert len(titles()) == count


def test_the_part_of_the_page_shows_while_typing(client):
    EntryFactory(**LAMPS)
    refreshed()
    call = CallFactory()
    sent = {"title": DRAFT.title, "summary": DRAFT.text, "language": "en", "key": "nonsense"}
    part = client.post(f"/calls/{call.slug}/similar/", sent).content.decode()
    assert "<mark>lamps</mark>" in part
    assert "<html" not in part
    assert client.get(f"/calls/{call.slug}/similar/").status_code == 405
    own = {**sent, "key": str(Entry.objects.get().key)}
    assert "<mark>" not in client.post(f"/calls/{call.slug}/similar/", own).content.decode()
    assert client.post(f"/calls/{call.slug}/similar/", {}).status_code == 200


def test_without_a_script_it_shows_when_one_looks_the_draft_over(client):
    EntryFactory(**LAMPS)
    refreshed()
    author = UserFactory()
    client.force_login(author)
    call = CallFactory(entry_phase__closes_at=NOW.replace(year=2999))
    sent = {"key": uuid4(), "writer": uuid4(), "version": 0, "title": DRAFT.title, "summary": DRAFT.text, "language": "en", "do": "preview"}  # fmt: skip
    page = client.post(f"/calls/{call.slug}/enter/", sent, follow=True)
    assert page.redirect_chain[-1][0].endswith("/preview/")
    said = page.content.decode()
    assert "<mark>lamps</mark>" in said
    draft = Entry.objects.get(author=author)
    assert draft.state == "draft"
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    client.post(f"/calls/{call.slug}/entries/{draft.pk}/edit/", {**values, "do": "send"})
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_a_draft_that_lacks_something_says_so_before_it_is_sent(client):
    draft = DraftFactory(summary="", call__entry_phase__closes_at=NOW.replace(year=2999))
    client.force_login(draft.author)
    page = client.get(f"/calls/{draft.call.slug}/entries/{draft.pk}/preview/")
    assert [label for label, _what in page.context["lacking"]] == ["Your idea"]
    client.force_login(UserFactory())
    assert client.get(f"/calls/{draft.call.slug}/entries/{draft.pk}/preview/").status_code == 404
