"""After an erasure a person's name and address are nowhere, and the city's tallies are what they were."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from tests.factories.calls import (
    NOW,
    AnswerFactory,
    CallFactory,
    CoAuthorFactory,
    DraftFactory,
    EntryFactory,
    EntryLinkFactory,
)
from tests.factories.notices import NoticeFactory
from tests.factories.people import UserFactory
from tests.factories.talk import CommentFactory, FollowFactory, SupportFactory

from vuoksi.base.files.actions import attach_file
from vuoksi.base.moderation.actions import report
from vuoksi.base.moderation.queries import who_is
from vuoksi.base.organisations.actions import join
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.actions import create_person
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import roles_of
from vuoksi.base.privacy import actions
from vuoksi.base.privacy.tasks import erase_who_is_due
from vuoksi.base.search.actions import refresh_index
from vuoksi.base.talk.queries import supports_of
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.calls.queries import entry_counts

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Tyyne Tunnistettava", "tyyne.tunnistettava@example.org"
MARKS = ("tunnistettava",)


def texts_of(model: type[Model]) -> str:
    rows = model._default_manager.values()
    return json.dumps(list(rows), default=str, ensure_ascii=False)


def tables_with_traces() -> list[str]:
    """Name every table, of ours and of others, that still says who it was."""
    everything = apps.get_models(include_auto_created=True)
    return [
        model._meta.label
        for model in everything
        if model._meta.managed
        and not model._meta.proxy
        and any(mark in texts_of(model).lower() for mark in MARKS)
    ]


def stored_files(folder: str = "") -> list[str]:
    folders, files = (
        default_storage.listdir(folder) if default_storage.exists(folder or ".") else ([], [])
    )
    found = [f"{folder}/{name}".strip("/") for name in files]
    for name in folders:
        found += stored_files(f"{folder}/{name}".strip("/"))
    return found


@pytest.fixture
def life(client, django_capture_on_commit_callbacks):
    """Somebody who did everything that one can do here."""
    # Files of earlier tests outlive their rows.
    for path in stored_files():
        default_storage.delete(path)
    me = create_person(email=ADDRESS, name=NAME, password="a long one here", language="fi", at=NOW)
    client.post("/accounts/login/", {"login": ADDRESS, "password": "wrong"})
    call = CallFactory()
    idea = EntryFactory(call=call, author=me, author_name=NAME, title="Lamps to borrow")
    AnswerFactory(entry=idea, by=me)
    SupportFactory(thing=idea)
    others = EntryFactory(call=call, title="Benches")
    SupportFactory(thing=others, user=me)
    FollowFactory(thing=others, user=me)
    CommentFactory(thing=others, author=me, text="I like benches")
    DraftFactory(call=call, author=me, author_name=NAME)
    by_link = EntryFactory(call=call, author=None, author_email=ADDRESS, title="By link")
    EntryLinkFactory(call=call, entry=by_link, email=ADDRESS)
    CoAuthorFactory(entry=others, email=ADDRESS, user=me, accepted_at=NOW)
    CoAuthorFactory(email=ADDRESS)
    NoticeFactory(user=me, thing=idea)
    together = EntryFactory(call=call, author=me, author_name=NAME, title="Together")
    heir = CoAuthorFactory(entry=together, user=UserFactory(), accepted_at=NOW).user
    upload = SimpleUploadedFile("tunnistettava.txt", NAME.encode(), "text/plain")
    attach_file(thing=idea, upload=upload, by=me, at=NOW)
    unit = Organisation.objects.create(slug="unit", name="Unit", kind="city_unit")
    join(organisation=unit, user=me, by=None, at=NOW)
    report(
        thing=CommentFactory(thing=others), by=me, who=who_is(me), reason="other",
        note=f"Signed {NAME}", language="fi", at=NOW,
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_export(user=me, at=NOW)
    refresh_index(at=NOW)
    return {
        "me": me,
        "call": call,
        "idea": idea,
        "others": others,
        "together": together,
        "heir": heir,
    }


@pytest.fixture
def erased(life, django_capture_on_commit_callbacks):
    def erase(*, keep_texts):
        with django_capture_on_commit_callbacks(execute=True):
            actions.ask_erasure(user=life["me"], keep_texts=keep_texts, at=NOW)
            erase_who_is_due(NOW + timedelta(days=14))
        return life

    return erase


def test_before_the_erasure_there_is_a_lot_to_find(life):
    assert {"people.User", "account.EmailAddress", "calls.Entry", "search.Document"} <= set(
        tables_with_traces()
    )


@pytest.mark.parametrize("keep_texts", [True, False])
def test_afterwards_name_and_address_are_in_no_table_and_no_file(erased, keep_texts):
    erased(keep_texts=keep_texts)

    assert tables_with_traces() == []
    contents = [default_storage.open(path).read().lower() for path in stored_files()]
    assert [text for text in contents if b"tunnistettava" in text] == []


@pytest.mark.parametrize("keep_texts", [True, False])
def test_no_page_export_feed_search_or_answer_of_the_api_tells(client, erased, keep_texts):
    life = erased(keep_texts=keep_texts)
    call, entries = life["call"], Entry.objects.exclude(state="draft")
    addresses = [
        "/", "/calls/", call.get_absolute_url(), f"/calls/{call.slug}/?format=csv",
        f"/calls/{call.slug}/?format=json", f"/calls/{call.slug}/feed/", "/calls/entries/",
        "/search/?q=tunnistettava", "/search/?q=lamps", "/api/entries/", "/api/search/?q=lamps",
        f"/api/calls/{call.slug}/entries", "/moderation/", "/moderation/?format=json",
        *(entry.get_absolute_url() for entry in entries),
        *(f"/api/entries/{entry.pk}" for entry in entries),
    ]  # fmt: skip

    told = []
    for address in addresses:
        answer = client.get(address)
        body = answer.getvalue().decode().lower()
        # What was searched for stands in the search field itself.
        if "tunnistettava" in body.replace('value="tunnistettava"', "").replace(
            "q=tunnistettava", ""
        ):
            told.append(address)
    assert [a for a in told if "q=tunnistettava" not in a] == []


def test_tallies_answers_and_others_work_are_unchanged(erased, life):
    before = (supports_of([life["idea"], life["others"]]), entry_counts([life["call"]]))

    erased(keep_texts=True)

    assert (supports_of([life["idea"], life["others"]]), entry_counts([life["call"]])) == before
    life["idea"].refresh_from_db()
    life["together"].refresh_from_db()
    assert life["idea"].title == "Lamps to borrow"
    assert life["idea"].answers.count() == 1
    assert (life["together"].author, life["together"].author_name) == (life["heir"], "")


def test_removed_texts_leave_a_line_in_their_place(client, erased):
    life = erased(keep_texts=False)

    page = client.get(life["idea"].get_absolute_url())
    assert page.status_code == 410
    assert "its author has left and taken it along" in page.content.decode()
    assert supports_of([life["idea"]]) == {str(life["idea"].pk): 1}
    assert "I like benches" not in client.get(life["others"].get_absolute_url()).content.decode()


def test_drafts_are_gone_and_the_seat_in_the_city_is_given_up(erased):
    life = erased(keep_texts=True)

    assert not Entry.objects.filter(state="draft", author=life["me"]).exists()
    life["me"].refresh_from_db()
    assert roles_of(life["me"]) == frozenset()
    assert Role.RESIDENT not in roles_of(life["me"])


def test_the_address_is_free_again(erased):
    erased(keep_texts=True)

    again = create_person(
        email=ADDRESS, name="Another", password="a long one here", language="fi", at=NOW
    )
    assert Entry.objects.filter(author=again).count() == 0
