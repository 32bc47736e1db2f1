"""Questions that are answered with a file: asked, given, checked, replaced, and standing when time is over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.calls import (
    NOW,
    CallFactory,
    DraftFactory,
    EntryFactory,
    PhaseFactory,
    QuestionFactory,
)
from tests.factories.people import UserFactory, person_with
from tests.loop.calls.test_api import token_of
from vuoksi.base.files.engine import TYPES
from vuoksi.base.files.models import Attachment
from vuoksi.base.people.models import Role
from vuoksi.loop.calls import actions, queries
from vuoksi.loop.calls.engine import FILE_ENDINGS, Asked, check_answer, check_file
from vuoksi.loop.calls.models import Call, Entry, Question
from vuoksi.loop.calls.refusals import CallClosed, Incomplete, field_of

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def pdf(name="plan.pdf"):
    return SimpleUploadedFile(name, PDF)


def table(name="budget.csv"):
    return SimpleUploadedFile(name, b"what;euros\nlamps;900\n")


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def question():
    """A call that is open today and asks for a PDF."""
    call = CallFactory(entry_phase=None)
    PhaseFactory(call=call, closes_at=NOW + timedelta(days=3650))
    return QuestionFactory(
        call=call, kind="file", file_kinds="pdf", is_required=True, label="The plan"
    )


def give(entry, question, upload, by=None, at=NOW):
    return actions.attach_to_entry(
        entry=entry, question=question, upload=upload, by=by or entry.author, at=at
    )


def test_what_may_be_asked_for_is_what_files_are_accepted():
    accepted = {ending for kind in TYPES for ending in kind.extensions}
    assert set(FILE_ENDINGS["any"]) == accepted
    assert set(FILE_ENDINGS) == set(Question.Files.values)
    for endings in FILE_ENDINGS.values():
        assert set(endings) <= accepted


@pytest.mark.parametrize(
    ("name", "size", "wrong"),
    [
        ("plan.pdf", MB, None),
        ("PLAN.PDF", MB, None),
        ("plan.csv", MB, "not_this_kind"),
        ("pdf", MB, "not_this_kind"),
        ("plan.pdf", 2 * MB, None),
        ("plan.pdf", 2 * MB + 1, "too_large"),
    ],
)
def test_a_file_is_of_the_kind_and_size_asked_for(name, size, wrong):
    assert check_file(Asked("file", file_kinds="pdf", most_mb=2), name, size) == wrong


def test_the_name_of_a_file_answers_a_question_for_one():
    assert check_answer(Asked("file", is_required=True), "") == "missing"
    assert check_answer(Asked("file", max_length=3), "a long name.pdf") is None


def test_an_idea_lacks_the_file_until_it_is_given(question):
    entry = DraftFactory(call=question.call)
    assert queries.what_is_wrong(entry) == {field_of(question): "missing"}
    give(entry, question, pdf())
    assert queries.what_is_wrong(entry) == {}
    assert queries.response_texts(entry) == {question.pk: "plan.pdf"}


def test_a_new_file_takes_the_place_of_the_former(question):
    entry = DraftFactory(call=question.call)
    former = give(entry, question, pdf())
    newer = give(entry, question, pdf("better.pdf"))
    assert queries.answering_files(entry) == {question.pk: newer}
    assert not Attachment.objects.filter(pk=former.pk).exists()


@pytest.mark.parametrize("kind", ["csv", "other call", "no file"])
def test_a_file_that_the_question_does_not_take_is_refused_whole(question, kind):
    entry = DraftFactory(call=question.call)
    asked = {
        "csv": question,
        "other call": QuestionFactory(kind="file"),
        "no file": QuestionFactory(call=question.call, kind="short"),
    }[kind]
    with pytest.raises(Incomplete) as refusal:
        give(entry, asked, table())
    assert refusal.value.wrong == {field_of(asked): "not_this_kind"}
    assert (entry.responses.count(), Attachment.objects.count()) == (0, 0)


def test_words_are_no_answer_to_a_question_for_a_file(question):
    entry = DraftFactory(call=question.call)
    text = actions.EntryText("en", "Lamps", "Lend.", responses={question.pk: "plan.pdf"})
    actions.save_entry(
        call=question.call, key=entry.key, text=text, version=1, writer=uuid4(), by=entry.author,
        at=NOW,
    )  # fmt: skip
    assert queries.what_is_wrong(entry) == {field_of(question): "missing"}
    # Neither are words from the time when the question asked for them.
    entry.responses.create(question=question, language="en", text="plan.pdf")
    assert queries.what_is_wrong(entry) == {field_of(question): "missing"}


def test_saving_words_leaves_the_file(question):
    entry = DraftFactory(call=question.call)
    give(entry, question, pdf())
    text = actions.EntryText("en", "Lamps for all", "Lend lamps.")
    actions.save_entry(
        call=question.call, key=entry.key, text=text, version=1, writer=uuid4(), by=entry.author,
        at=NOW,
    )  # fmt: skip
    assert queries.response_texts(entry) == {question.pk: "plan.pdf"}


def test_what_was_sent_keeps_the_file_that_the_call_asks_for(question):
    entry = DraftFactory(call=question.call)
    asked, more = give(entry, question, pdf()), give(entry, None, table())
    actions.submit_entry(entry=entry, version=1, by=entry.author, at=NOW)
    detach = {"entry": entry, "by": entry.author, "at": NOW}
    with pytest.raises(Incomplete):
        actions.detach_from_entry(attachment=asked, **detach)
    actions.detach_from_entry(attachment=more, **detach)
    assert [row.name for row in Attachment.objects.all()] == ["plan.pdf"]


def test_files_stand_once_sending_is_over():
    question = QuestionFactory(kind="file")
    entry = EntryFactory(call=question.call)
    kept = give(entry, question, pdf())
    after = NOW + timedelta(days=8)
    with pytest.raises(CallClosed):
        give(entry, question, pdf("late.pdf"), at=after)
    with pytest.raises(CallClosed):
        give(entry, None, table(), at=after)
    with pytest.raises(CallClosed):
        actions.detach_from_entry(entry=entry, attachment=kept, by=entry.author, at=after)
    assert list(Attachment.objects.all()) == [kept]


def sent(entry=None, **more):
    words = {"title": "Lamps", "summary": "Lend lamps.", "language": "en", "writer": uuid4()}
    own = {"key": uuid4(), "version": 0} if entry is None else {"key": entry.key, "version": 1}
    return {**words, **own, "do": "send", **more}


def test_a_file_is_sent_with_the_words_on_one_page(client, question):
    client.force_login(UserFactory())
    address = reverse("calls:enter", args=[question.call.slug])
    assert 'accept=".pdf"' in client.get(address).content.decode()
    key = uuid4()
    lacking = client.post(address, sent(key=key))
    assert lacking.status_code == 422
    assert "Choose a file: the call asks for one." in lacking.content.decode()
    wrong = client.post(address, sent(key=key, **{field_of(question): table()}))
    assert "This question takes other files: PDF, at most 10 MB." in wrong.content.decode()
    answer = client.post(address, sent(key=key, version=1, **{field_of(question): pdf()}))
    entry = Entry.objects.get()
    assert (answer.status_code, entry.state) == (302, "submitted")
    page = client.get(entry.get_absolute_url()).content.decode()
    assert page.count("plan.pdf") == 1


def test_a_file_is_kept_though_the_idea_lacks_words(client, question):
    other = QuestionFactory(call=question.call, is_required=True)
    client.force_login(UserFactory())
    address = reverse("calls:enter", args=[question.call.slug])
    page = client.post(address, sent(**{field_of(question): pdf()}))
    assert page.status_code == 422
    assert "Kept so far: plan.pdf." in page.content.decode()
    entry = Entry.objects.get()
    assert queries.what_is_wrong(entry) == {field_of(other): "missing"}


def test_a_file_of_a_form_that_was_not_saved_is_asked_for_again(client, question):
    client.force_login(UserFactory())
    address = reverse("calls:enter", args=[question.call.slug])
    page = client.post(address, sent(language="tlh", **{field_of(question): pdf()}))
    assert "Choose this file again: nothing was saved yet." in page.content.decode()
    assert Entry.objects.count() == 0


def test_a_coordinator_asks_for_files(client):
    client.force_login(person_with(Role.COORDINATOR))
    call = CallFactory(state="draft")
    rows = {"questions-TOTAL_FORMS": 6, "questions-INITIAL_FORMS": 0, "version": 1}
    for n in range(6):
        rows |= {
            f"questions-{n}-label": f"File {n}", f"questions-{n}-kind": "file",
            f"questions-{n}-max_length": 200, f"questions-{n}-file_kinds": "tables",
            f"questions-{n}-most_mb": 5,
        }  # fmt: skip
    address = reverse("calls:questions", args=[call.slug])
    refused = client.post(address, rows)
    assert "ask for no more than five" in refused.content.decode()
    client.post(address, rows | {"questions-TOTAL_FORMS": 1})
    assert list(call.questions.values_list("kind", "file_kinds", "most_mb")) == [
        ("file", "tables", 5)
    ]
    (asked,) = queries.rules_data(call)["questions"]
    assert (asked["file_kinds"], asked["most_mb"]) == ("tables", 5)


def token(user):
    return {"HTTP_AUTHORIZATION": f"Bearer {token_of(user, ['entries:write'])}"}


def test_a_program_answers_with_a_file(client, question):
    entry = DraftFactory(call=question.call)
    address = f"/api/entries/{entry.pk}/files?question={question.pk}"
    mine = token(entry.author)
    assert client.post(address, {"file": pdf()}).status_code == 401
    assert client.post(address, {"file": pdf()}, **token(UserFactory())).status_code == 404
    wrong = client.post(address, {"file": table()}, **mine)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (
        422,
        f"responses.{question.pk}",
    )
    stray = client.post(f"/api/entries/{entry.pk}/files?question=0", {"file": pdf()}, **mine)
    assert (stray.status_code, stray.json()["errors"][0]["field"]) == (422, "question")
    given = client.post(address, {"file": pdf()}, **mine)
    assert (given.status_code, given.json()["name"]) == (200, "plan.pdf")
    assert queries.what_is_wrong(entry) == {}
    disguised = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00")
    assert client.post(address, {"file": disguised}, **mine).status_code == 422


def test_files_of_nameless_ideas_are_their_authors_alone(client, question):
    entry = EntryFactory(call=question.call)
    attachment = give(entry, question, pdf("aino-virta.pdf"))
    address = reverse("files:download", args=[attachment.pk])
    assert client.get(address).status_code == 200
    Call.objects.update(are_names_hidden=True)
    assert client.get(address).status_code == 403
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "aino-virta.pdf" not in page
    assert "A file, shown once the panel has judged." in page
    assert client.get(f"/api/entries/{entry.pk}").json()["responses"] == []
    client.force_login(entry.author)
    assert client.get(address).status_code == 200
