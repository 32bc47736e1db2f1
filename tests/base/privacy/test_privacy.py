import json
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories.calls import EntryFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import CommentFactory
from vuoksi.base.files.actions import attach_file
from vuoksi.base.people.models import ApiToken, Role, User
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.privacy import actions, queries, rules
from vuoksi.base.privacy.models import Erasure, Export
from vuoksi.base.privacy.tasks import erase_who_is_due, keep_no_longer
from vuoksi.base.runs.models import Run

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
DUE = AT + timedelta(days=14)
pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def me(client):
    person = UserFactory(name="Aino Ahtola", email="aino@example.org")
    person.set_password("rising tide of spring")
    person.save()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


@pytest.fixture
def export_of(django_capture_on_commit_callbacks):
    """Make a person's export as the worker does; give it with its ZIP."""

    def make(user, at=AT):
        with django_capture_on_commit_callbacks(execute=True):
            export = actions.ask_export(user=user, at=at)
        export.refresh_from_db()
        return export, zipfile.ZipFile(BytesIO(export.file.read()))

    return make


def test_the_export_holds_all_of_mine_and_nothing_of_others(export_of, me):
    entry = EntryFactory(author=me, title="My lamps")
    CommentFactory(thing=entry, author=me, text="My comment")
    CommentFactory(thing=entry, author=UserFactory(name="Somebody Else"), text="Their comment")
    attach_file(thing=entry, upload=SimpleUploadedFile("map.txt", b"north"), by=me, at=AT)

    _export, archive = export_of(me)

    assert Run.objects.get().status == "done"
    talk = json.loads(archive.read("talk.json"))
    assert [row["text"] for row in talk["talk.Comment"]] == ["My comment"]
    assert json.loads(archive.read("calls.json"))["calls.Entry"][0]["title"] == "My lamps"
    people = json.loads(archive.read("people.json"))
    assert [(p["name"], p["email"]) for p in people["people.User"]] == [(me.name, me.email)]
    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert [archive.read(name) for name in files] == [b"north"]
    readme = archive.read("README.txt").decode()
    assert "Everything about Aino Ahtola at Vuoksi, Espoo" in readme
    assert "* My ideas: 1 (calls.json, calls.Entry)" in readme
    assert "moderation" not in readme
    assert "moderation.json" not in archive.namelist()
    page = archive.read("README.html").decode()
    assert "<dt><strong>Comment</strong></dt><dd>My comment</dd>" in page
    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Somebody Else" not in whole
    assert b"Their comment" not in whole
    assert me.password.encode() not in whole


def test_only_the_person_downloads_and_only_for_the_set_days(client, me, export_of):
    export, _archive = export_of(me, timezone.now())
    address = f"/me/data/export/{export.pk}/"

    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
        client.force_login(person_with(role), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302

    client.force_login(me, backend="django.contrib.auth.backends.ModelBackend")
    Export.objects.update(expires_at=timezone.now())
    assert client.get(address).status_code == 404


def test_the_file_is_deleted_after_its_days(export_of, me, django_capture_on_commit_callbacks):
    export, _archive = export_of(me)
    storage, path = export.file.storage, export.file.name
    later = timezone.now() + timedelta(days=7, minutes=1)

    with django_capture_on_commit_callbacks(execute=True):
        counts = [keep(at=at) for keep in [actions.keep_no_longer] for at in (AT, later)]

    assert [count["privacy.exports"] for count in counts] == [0, 1]
    assert (Export.objects.count(), storage.exists(path)) == (0, False)


def test_two_clicks_make_one_file(me):
    assert actions.ask_export(user=me, at=AT) == actions.ask_export(user=me, at=AT)


def test_who_is_not_signed_in_gets_nothing(client):
    for path in ("/me/data/", "/me/erasure/", "/me/consents/"):
        assert client.get(path).status_code == 302
    assert client.post("/me/data/export/").status_code == 302
    assert client.post("/me/erasure/cancel/").status_code == 302


PERMISSIONS = {
    "anonymous": (False, False, False, False),
    "me": (True, True, True, True),
    "other": (True, False, True, False),
    "administrator": (True, False, False, False),
}


@pytest.mark.parametrize("who", PERMISSIONS)
def test_permission_table(who, me):
    people = {
        "anonymous": AnonymousUser,
        "me": lambda: me,
        "other": UserFactory,
        "administrator": lambda: person_with(Role.ADMINISTRATOR),
    }
    person = people[who]()
    run = Run.objects.create(kind="privacy.export", problem={}, engine_version="1", created_at=AT)
    export = Export(user=me, run=run, asked_at=AT, expires_at=DUE)
    erasure = Erasure(user=me, keep_texts=True, asked_at=AT, due_at=DUE)

    allowed = (
        rules.may_export(person),
        rules.may_download(person, export),
        rules.may_ask_erasure(person),
        rules.may_cancel_erasure(person, erasure),
    )

    assert allowed == PERMISSIONS[who]


@pytest.mark.parametrize("state", ["cancelled_at", "done_at"])
def test_what_is_over_is_not_cancelled(me, state):
    erasure = Erasure(user=me, keep_texts=True, asked_at=AT, due_at=DUE, **{state: AT})

    assert rules.may_cancel_erasure(me, erasure) is False


def test_one_of_two_administrators_may_leave():
    first, _second = person_with(Role.ADMINISTRATOR), person_with(Role.ADMINISTRATOR)

    assert rules.may_ask_erasure(first) is True


def test_erasure_is_asked_with_the_password_and_told_by_e_mail(
    client, me, django_capture_on_commit_callbacks
):
    wrong = client.post("/me/erasure/", {"texts": "keep", "password": "no"})
    assert (wrong.status_code, Erasure.objects.count()) == (422, 0)
    assert "This is not your password." in wrong.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/me/erasure/", {"texts": "remove", "password": "rising tide of spring"})

    erasure = Erasure.objects.get()
    assert (erasure.user, erasure.keep_texts) == (me, False)
    assert erasure.due_at - erasure.asked_at == timedelta(days=14)
    assert [letter.to for letter in mail.outbox] == [["aino@example.org"]]
    assert "/me/erasure/" in mail.outbox[0].body


def test_wrong_passwords_are_counted_as_wrong_sign_ins(client, me):
    client.post("/me/erasure/", {"texts": "keep", "password": "no"})

    assert AccessAttempt.objects.get().username == "aino@example.org"


@pytest.mark.parametrize(("minutes", "asked"), [(9, 1), (11, 0)])
def test_who_has_no_password_must_have_signed_in_just_now(client, minutes, asked):
    person = UserFactory()
    person.set_unusable_password()
    person.save()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    User.objects.update(last_login=timezone.now() - timedelta(minutes=minutes))

    client.post("/me/erasure/", {"texts": "keep"})

    assert Erasure.objects.count() == asked


def test_the_only_administrator_is_told_to_make_another(client_as):
    client = client_as(Role.ADMINISTRATOR)

    assert "You are the only administrator." in client.get("/me/erasure/").content.decode()
    with pytest.raises(NotAllowed):
        actions.ask_erasure(user=client.user, keep_texts=True, at=AT)


def test_a_cancelled_erasure_erases_nobody(client, me):
    actions.ask_erasure(user=me, keep_texts=True, at=AT)
    assert "Keep my account" in client.get("/me/erasure/").content.decode()

    client.post("/me/erasure/cancel/")
    client.post("/me/erasure/cancel/")

    assert erase_who_is_due(DUE) == 0
    me.refresh_from_db()
    assert me.is_active
    assert actions.ask_erasure(user=me, keep_texts=True, at=AT).cancelled_at is None


def test_nobody_is_erased_before_the_day_and_everybody_only_once(me):
    actions.ask_erasure(user=me, keep_texts=True, at=AT)

    assert [erase_who_is_due(at) for at in (DUE - timedelta(seconds=1), DUE, DUE)] == [0, 1, 0]


def test_the_database_keeps_one_waiting_erasure_a_person(me):
    row = {"user": me, "keep_texts": True, "asked_at": AT, "due_at": DUE}
    Erasure.objects.create(**row)

    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.create(**row)


def test_an_erased_account_is_closed_for_good(client, me):
    ApiToken.objects.create(
        user=me, name="pool", scopes=[], prefix="v", digest="d", created_at=AT, expires_at=DUE
    )
    actions.ask_erasure(user=me, keep_texts=True, at=AT)

    erase_who_is_due(DUE)

    me.refresh_from_db()
    assert (me.name, me.email) == ("", f"{me.pk}@erased.invalid")
    assert (me.is_active, me.has_usable_password()) == (False, False)
    assert (ApiToken.objects.count(), Session.objects.count()) == (0, 0)
    assert client.get("/me/").status_code == 302


def test_one_erasure_that_fails_keeps_no_other_waiting(monkeypatch, me, caplog):
    other = UserFactory()
    for person in (me, other):
        actions.ask_erasure(user=person, keep_texts=True, at=AT)

    def forget(*, user, keep_texts, at):
        if user == me:
            raise RuntimeError("no room")

    monkeypatch.setattr(actions, "erasers", lambda: [forget])

    assert erase_who_is_due(DUE) == 1
    assert queries.waiting_erasure(me) is not None
    assert me.email not in caplog.text


def test_the_page_of_retention_says_what_the_program_does(client):
    from vuoksi.base.people.keeping import RETENTIONS

    page = client.get("/privacy/").content.decode()

    assert [str(kept.label) for kept in RETENTIONS.values() if str(kept.label) not in page] == []


def test_the_pages_of_my_data(client, me, query_count):
    CommentFactory(thing=FinnishPlaceFactory(), author=me)

    page = client.get("/me/data/").content.decode()

    assert "My comments" in page
    assert "What I agreed to" in client.get("/me/consents/").content.decode()


def test_nothing_is_forgotten_too_early(me):
    keep_no_longer(AT)

    assert User.objects.filter(pk=me.pk).exists()
