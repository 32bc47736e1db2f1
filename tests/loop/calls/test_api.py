import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories.calls import (
    AnswerFactory,
    CallFactory,
    CategoryFactory,
    DraftFactory,
    EntryFactory,
    GoalFactory,
    PhaseFactory,
    QuestionFactory,
)
from tests.factories.people import UserFactory
from vuoksi.base.people.actions import create_token
from vuoksi.base.people.tokens import new_secret
from vuoksi.loop.calls.models import Entry

pytestmark = pytest.mark.django_db


def open_call(**more):
    now = timezone.now()
    call = CallFactory(entry_phase=None, **more)
    PhaseFactory(call=call, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return call


def post(client, address, body=None, *, by=None, scopes=("entries:write",)):
    headers = {}
    if by is not None:
        headers["authorization"] = f"Bearer {token_of(by, scopes)}"
    return client.post(
        f"/api/{address}", json.dumps(body), content_type="application/json", headers=headers
    )


def token_of(person, scopes):
    now = timezone.now()
    secret = new_secret()
    create_token(
        user=person,
        name="test",
        scopes=scopes,
        secret=secret,
        expires_at=now + timedelta(days=1),
        at=now,
    )
    return secret


def draft(**more):
    return {"language": "fi", "title": "Lamps", "summary": "Lend lamps.", **more}


@pytest.mark.parametrize("count", [1, 3])
def test_calls(client, django_assert_num_queries, count):
    goal = GoalFactory(slug="light")
    for number in range(count):
        open_call(slug=f"call-{number}", goal=goal)
    CallFactory(state="draft")
    with django_assert_num_queries(3):
        answer = client.get("/api/calls/").json()
    assert (answer["count"], answer["next"]) == (count, None)
    first = answer["results"][-1]
    assert (first["slug"], first["state"], first["goal"]) == ("call-0", "open", "light")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("state=open", ["now"]),
        ("state=closed", ["past"]),
        ("state=upcoming", []),
        ("language=sv", ["past"]),
        ("goal=nothing", []),
    ],
)
def test_calls_are_filtered(client, question, found):
    open_call(slug="now")
    CallFactory(slug="past", state="closed", language="sv")
    answer = client.get(f"/api/calls/?{question}").json()
    assert [row["slug"] for row in answer["results"]] == found


@pytest.mark.parametrize("question", ["state=purple", "limit=0", "limit=201", "goal=a%20b"])
def test_a_question_that_makes_no_sense_is_refused(client, question):
    answer = client.get(f"/api/calls/?{question}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == question.split("=")[0]


def test_one_call(client):
    call = open_call(slug="light")
    question = QuestionFactory(call=call, kind="choice", choices="bus\ntram")
    CategoryFactory(call=call, slug="city", title="City")
    answer = client.get("/api/calls/light").json()
    assert (answer["slug"], answer["need"], answer["entry_count"]) == ("light", call.need, 0)
    assert [phase["kind"] for phase in answer["phases"]] == ["entry"]
    assert [(row["id"], row["choices"]) for row in answer["questions"]] == [
        (question.pk, ["bus", "tram"])
    ]
    assert [row["slug"] for row in answer["categories"]] == ["city"]


@pytest.mark.parametrize("address", ["calls/none", "calls/none/entries", "entries/9", "entries/0"])
def test_what_is_not_there(client, address):
    answer = client.get(f"/api/{address}")
    assert (answer.status_code, answer.json()["errors"]) == (404, [])


@pytest.mark.parametrize("count", [1, 3])
def test_ideas_of_a_call(client, django_assert_num_queries, count):
    call = open_call()
    rows = [EntryFactory(call=call, author__name="Ann") for _ in range(count)]
    DraftFactory(call=call)
    EntryFactory()
    with django_assert_num_queries(6):
        answer = client.get(f"/api/calls/{call.slug}/entries").json()
    assert [row["id"] for row in answer["results"]] == [row.pk for row in rows]
    assert answer["results"][0]["authors"] == ["Ann"]
    assert client.get("/api/entries/").json()["count"] == count + 1


def test_one_idea_with_its_answer(client):
    answer = AnswerFactory()
    question = QuestionFactory(call=answer.entry.call)
    answer.entry.responses.create(question=question, language="en", text="Readers")
    shown = client.get(f"/api/entries/{answer.entry.pk}").json()
    assert (shown["state"], shown["answer"]["text"]) == ("refused", answer.text)
    assert shown["responses"] == [
        {"question": question.pk, "language": "en", "text": "Readers", "file": None}
    ]


def test_personal_data_stays_inside(client):
    entry = EntryFactory(author=None, author_email="ann@example.org")
    for address in ("entries/", f"entries/{entry.pk}", f"calls/{entry.call.slug}/entries"):
        assert b"example.org" not in client.get(f"/api/{address}").content


def test_a_draft_is_written_changed_and_sent(client):
    call, author, key = open_call(), UserFactory(), str(uuid4())
    question = QuestionFactory(call=call, is_required=True)
    address = f"calls/{call.slug}/entries"
    first = post(client, address, draft(key=key), by=author)
    assert (first.status_code, first.json()["state"]) == (200, "draft")
    changed = draft(key=key, version=1, responses={str(question.pk): "Readers"})
    second = post(client, address, changed, by=author).json()
    assert (second["id"], second["version"]) == (first.json()["id"], 2)
    for _ in range(2):
        sent = post(client, f"entries/{second['id']}/submit", by=author)
        assert (sent.status_code, sent.json()["state"]) == (200, "submitted")
    assert Entry.objects.get().author == author


def test_a_retry_makes_no_second_draft(client):
    call, author, body = open_call(), UserFactory(), draft(key=str(uuid4()))
    answers = [post(client, f"calls/{call.slug}/entries", body, by=author) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"language": "tlh"}, "language"),
        ({"title": "L" * 161}, "title"),
        ({"category": "none"}, "category"),
        ({"responses": {"999": "x"}}, "responses.999"),
        ({"title": "nul \x00"}, "title"),
        ({"key": "no"}, "key"),
    ],
)
def test_mistakes_are_said_by_field(client, change, field):
    call = open_call()
    CategoryFactory(call=call)
    answer = post(client, f"calls/{call.slug}/entries", draft(**change), by=UserFactory())
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert Entry.objects.count() == 0


def test_what_is_missing_is_said_when_sending(client):
    entry = DraftFactory(call=open_call(), title="")
    answer = post(client, f"entries/{entry.pk}/submit", by=entry.author)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "title", "message": "Write something here: the call asks for it."}
    ]


def test_a_closed_call_keeps_the_draft(client):
    entry = DraftFactory(call=CallFactory(state="closed"))
    answer = post(client, f"entries/{entry.pk}/submit", by=entry.author)
    assert answer.status_code == 409
    assert answer.json()["detail"] == "This call takes no ideas now. The draft is kept."


def test_an_older_version_is_refused(client):
    entry = DraftFactory(call=open_call(), version=4)
    body = draft(key=str(entry.key), version=3)
    answer = post(client, f"calls/{entry.call.slug}/entries", body, by=entry.author)
    assert answer.status_code == 409


def test_writing_needs_a_token_with_its_scope(client):
    call = open_call()
    address = f"calls/{call.slug}/entries"
    assert post(client, address, draft()).status_code == 401
    assert post(client, address, draft(), by=UserFactory(), scopes=("read",)).status_code == 403


def test_the_rules_of_the_person_apply(client):
    call, theirs = open_call(entrants="staff"), DraftFactory()
    stranger = UserFactory()
    assert post(client, f"calls/{call.slug}/entries", draft(), by=stranger).status_code == 403
    assert post(client, f"entries/{theirs.pk}/submit", by=stranger).status_code == 404
    body = draft(key=str(theirs.key), version=1)
    answer = post(client, f"calls/{theirs.call.slug}/entries", body, by=stranger)
    assert answer.status_code == 403


def test_an_idea_of_another_persons_that_is_public_is_not_sent_again(client):
    entry = EntryFactory(call=open_call())
    assert post(client, f"entries/{entry.pk}/submit", by=UserFactory()).status_code == 403
