"""Making, changing, publishing and closing calls; answering ideas; what was before."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from tests.factories.calls import (
    NOW,
    AnswerFactory,
    CallFactory,
    CategoryFactory,
    DraftFactory,
    EntryFactory,
    QuestionFactory,
    member_of,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.talk.models import Comment
from vuoksi.base.talk.queries import does_support
from vuoksi.lib.transitions import NotPossible
from vuoksi.loop.calls import actions, queries
from vuoksi.loop.calls.engine import Stage, Window
from vuoksi.loop.calls.models import Answer, Call, Entry
from vuoksi.loop.calls.refusals import InUse, NotReady, PhasesRefused

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ENTRY = Window("entry", NOW + DAY, NOW + 9 * DAY)
REVIEW = Window("review", NOW + 9 * DAY, NOW + 20 * DAY)


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


def create(by, **more):
    values = {"slug": "light", "need": "It is dark.", "windows": [ENTRY], **more}
    return actions.create_call(
        language="en",
        title="Light in the dark",
        summary="Ideas wanted.",
        entrants="anybody",
        by=by,
        at=NOW,
        **values,
    )


def test_a_call_begins_as_a_draft(coordinator):
    call = create(coordinator, windows=[REVIEW, ENTRY])
    assert (call.state, queries.windows_of(call)) == ("draft", [ENTRY, REVIEW])
    assert list(queries.public_calls()) == []
    assert list(queries.public_calls(coordinator)) == [call]
    assert AuditEntry.objects.get().verb == "calls.create_call"


@pytest.mark.parametrize("who", [Role.RESIDENT, Role.STAFF, Role.REVIEWER, Role.COMPANY])
def test_only_coordinators_write_calls(who):
    person, call = person_with(who), CallFactory()
    shared = {"call": call, "by": person, "at": NOW}
    writes = [
        lambda: create(person),
        lambda: actions.edit_call(version=1, title="Mine", **shared),
        lambda: actions.set_phases(version=1, windows=[], **shared),
        lambda: actions.set_questions(version=1, questions=[], **shared),
        lambda: actions.set_categories(version=1, categories=[], **shared),
        lambda: actions.publish_call(**shared),
        lambda: actions.close_call(**shared),
        lambda: actions.reopen_call(**shared),
        lambda: actions.record_past_call(**shared),
    ]
    for write in writes:
        with pytest.raises(NotAllowed):
            write()
    assert AuditEntry.objects.count() == 0


def test_two_coordinators_neither_loses_text(coordinator):
    call = CallFactory()
    actions.edit_call(call=call, version=1, by=coordinator, at=NOW, title="First")
    with pytest.raises(EditedMeanwhile) as conflict:
        actions.edit_call(call=call, version=1, by=coordinator, at=NOW, title="Second")
    assert conflict.value.thing.title == "First"


def test_phases_are_replaced(coordinator):
    call = CallFactory(state="draft")
    actions.set_phases(call=call, version=1, windows=[REVIEW, ENTRY], by=coordinator, at=NOW)
    assert queries.windows_of(call) == [ENTRY, REVIEW]
    actions.set_phases(call=call, version=2, windows=[REVIEW], by=coordinator, at=NOW)
    assert queries.windows_of(call) == [REVIEW]


def test_phases_that_do_not_fit_change_nothing(coordinator):
    call = CallFactory()
    before = queries.windows_of(call)
    early = Window("review", NOW - 300 * DAY, NOW - 200 * DAY)
    with pytest.raises(PhasesRefused):
        actions.set_phases(call=call, version=1, windows=[ENTRY, early], by=coordinator, at=NOW)
    call.refresh_from_db()
    assert (queries.windows_of(call), call.version) == (before, 1)


def test_publishing(coordinator):
    call = create(coordinator)
    actions.publish_call(call=call, by=coordinator, at=NOW)
    assert (call.state, call.published_at) == ("published", NOW)
    with pytest.raises(NotPossible):
        actions.publish_call(call=call, by=coordinator, at=NOW)


def test_a_call_without_need_and_phases_is_not_published(coordinator):
    call = create(coordinator, need=" ", windows=[])
    with pytest.raises(NotReady) as refusal:
        actions.publish_call(call=call, by=coordinator, at=NOW)
    assert refusal.value.missing == ["need", "phases"]
    assert Call.objects.get().state == "draft"


def test_closing_and_publishing_again(coordinator):
    call = CallFactory()
    for _ in range(2):
        actions.close_call(call=call, by=coordinator, at=NOW)
    assert (call.state, queries.is_open(call, NOW)) == ("closed", False)
    for _ in range(2):
        actions.reopen_call(call=call, by=coordinator, at=NOW)
    assert (call.state, queries.is_open(call, NOW)) == ("published", True)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    told = "notices.calls.call_moved"
    assert verbs == ["calls.close_call", told, "calls.reopen_call", told]


def test_a_draft_is_not_closed(coordinator):
    with pytest.raises(NotPossible):
        actions.close_call(call=CallFactory(state="draft"), by=coordinator, at=NOW)


def test_questions_are_replaced_in_order(coordinator):
    call = CallFactory(state="draft")
    old, kept = QuestionFactory(call=call, label="Old"), QuestionFactory(call=call, label="Kept")
    wanted = [
        actions.Asking("number", "How many?"),
        actions.Asking("short", "Kept, reworded", pk=kept.pk),
    ]
    actions.set_questions(call=call, questions=wanted, version=1, by=coordinator, at=NOW)
    rows = list(call.questions.order_by("position").values_list("position", "kind", "label"))
    assert rows == [(0, "number", "How many?"), (1, "short", "Kept, reworded")]
    assert not call.questions.filter(pk=old.pk).exists()


def test_a_question_of_another_call_is_not_taken(coordinator):
    theirs, call = QuestionFactory(), CallFactory(state="draft")
    wanted = [actions.Asking("short", "Mine", pk=theirs.pk)]
    actions.set_questions(call=call, questions=wanted, version=1, by=coordinator, at=NOW)
    theirs.refresh_from_db()
    assert theirs.call != call
    assert [row.label for row in call.questions.all()] == ["Mine"]


def test_a_question_with_answers_stays(coordinator):
    question = QuestionFactory()
    entry = EntryFactory(call=question.call)
    entry.responses.create(question=question, language="en", text="Readers")
    with pytest.raises(InUse):
        actions.set_questions(call=question.call, questions=[], version=1, by=coordinator, at=NOW)
    assert question.call.questions.count() == 1


def test_categories_are_replaced_in_order(coordinator):
    call = CallFactory(state="draft")
    CategoryFactory(call=call, slug="old")
    CategoryFactory(call=call, slug="kept")
    wanted = [actions.Naming("new", "New", 7), actions.Naming("kept", "Kept")]
    actions.set_categories(call=call, categories=wanted, version=1, by=coordinator, at=NOW)
    rows = call.categories.order_by("position").values_list(
        "slug", "title", "published_entry_count"
    )
    assert list(rows) == [("new", "New", 7), ("kept", "Kept", None)]


def test_a_category_with_ideas_stays(coordinator):
    category = CategoryFactory()
    EntryFactory(call=category.call, category=category)
    with pytest.raises(InUse):
        actions.set_categories(call=category.call, categories=[], version=1, by=coordinator, at=NOW)


@pytest.mark.parametrize("outcome", ["accepted", "refused"])
def test_an_answer_is_given_and_told(outcome):
    unit = OrganisationFactory()
    reviewer, neighbour = member_of(unit, Role.REVIEWER), UserFactory()
    entry = EntryFactory(call=CallFactory(owner=unit))
    actions.support_entry(entry=entry, by=neighbour, at=NOW)
    answer = answer_with(reviewer, entry, outcome=outcome)
    entry.refresh_from_db()
    assert (entry.state, answer.organisation, answer.by) == (outcome, unit, reviewer)
    assert set(Notice.objects.values_list("user", "kind")) == {
        (entry.author.pk, "calls.entry_answered"),
        (neighbour.pk, "calls.entry_answered"),
    }
    assert list(queries.public_entries()) == [entry]


def answer_with(by, entry, *, outcome="accepted", version=None, **more):
    values = {"text": "We try it.", "language": "en", "at": NOW, **more}
    wanted = entry.version if version is None else version
    return actions.answer_entry(entry=entry, outcome=outcome, version=wanted, by=by, **values)


def test_a_later_answer_replaces_and_the_earlier_stays(coordinator):
    entry = EntryFactory()
    first = answer_with(coordinator, entry)
    same = answer_with(coordinator, entry)
    reworded = answer_with(coordinator, entry, text="We try it in May.")
    turned = answer_with(coordinator, entry, outcome="refused", award="Third place")
    assert same == first
    assert queries.current_answer(entry) == turned
    assert list(queries.earlier_answers(entry).order_by("pk")) == [first, reworded]
    entry.refresh_from_db()
    assert (entry.state, entry.award) == ("refused", "Third place")


def test_two_answer_at_once_and_neither_is_lost(coordinator):
    entry = EntryFactory()
    answer_with(coordinator, entry, version=1)
    with pytest.raises(EditedMeanwhile):
        answer_with(person_with(Role.COORDINATOR), entry, version=1, text="No.", outcome="refused")
    assert [row.text for row in Answer.objects.all()] == ["We try it."]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_public_is_not_answered(coordinator, state):
    entry = EntryFactory(state=state, submitted_at=None)
    with pytest.raises(NotAllowed):
        answer_with(coordinator, entry)


def test_an_author_without_an_account_gets_the_answer_by_e_mail(
    coordinator, django_capture_on_commit_callbacks
):
    entry = EntryFactory(author=None, author_email="ann@example.org", title="Two\nlines")
    with django_capture_on_commit_callbacks(execute=True):
        answer_with(coordinator, entry)
    letter = mail.outbox[0]
    assert letter.to == ["ann@example.org"]
    assert letter.subject == "The city has answered your idea “Two lines”"
    assert "We try it." in letter.body


def test_a_comment_is_told_to_the_authors_once():
    entry, neighbour, key = EntryFactory(), UserFactory(), uuid4()
    for _ in range(2):
        actions.comment_on_entry(
            entry=entry, text="Good!", language="en", key=key, by=neighbour, at=NOW
        )
    assert Comment.objects.count() == 1
    assert list(Notice.objects.values_list("user", flat=True)) == [entry.author.pk]


def test_support():
    entry, neighbour = EntryFactory(), UserFactory()
    actions.support_entry(entry=entry, by=neighbour, at=NOW)
    assert does_support(neighbour, entry)


def test_a_draft_is_not_talked_about():
    entry, neighbour = DraftFactory(), UserFactory()
    with pytest.raises(NotAllowed):
        actions.support_entry(entry=entry, by=neighbour, at=NOW)
    with pytest.raises(NotAllowed):
        actions.comment_on_entry(
            entry=entry, text="x", language="en", key=uuid4(), by=neighbour, at=NOW
        )


def test_a_call_of_the_past(coordinator):
    call = create(coordinator, windows=[], published_entry_count=57, source="espoo.fi")
    for _ in range(2):
        actions.record_past_call(call=call, by=coordinator, at=NOW)
    assert (call.state, queries.entry_counts([call])) == ("closed", {call.pk: 57})
    shared = {"call": call, "by": coordinator, "at": NOW, "submitted_at": NOW - DAY}
    for _ in range(2):
        actions.record_past_entry(
            title="Hydrohex", language="en", source="espoo.fi", award="Winner", **shared
        )
    entry = Entry.objects.get()
    assert (entry.state, entry.award, entry.author) == ("accepted", "Winner", None)
    assert list(queries.awarded_entries(call)) == [entry]


@pytest.mark.parametrize(
    ("state", "days", "stage"),
    [
        ("draft", 0, Stage.UPCOMING),
        ("published", -8, Stage.UPCOMING),
        ("published", 0, Stage.OPEN),
        ("published", 7, Stage.CLOSED),
        ("closed", 0, Stage.CLOSED),
    ],
)
def test_where_a_call_stands_in_a_list_and_on_its_page(state, days, stage):
    call, at = CallFactory(state=state), NOW + days * DAY
    assert list(queries.calls_at_stage(Call.objects.all(), stage, at)) == [call]
    assert queries.stage_of(call, queries.windows_of(call), at) == stage


def test_a_published_call_without_an_entry_phase_is_closed():
    call = CallFactory(entry_phase=None)
    assert list(queries.calls_at_stage(Call.objects.all(), Stage.CLOSED, NOW)) == [call]
    assert queries.stage_of(call, [], NOW) == Stage.CLOSED


def test_open_calls_the_one_that_closes_first_first():
    late, soon = CallFactory(), CallFactory()
    soon.phases.update(closes_at=NOW + DAY)
    CallFactory(state="closed")
    assert list(queries.open_calls(NOW)) == [soon, late]


def test_what_waits_for_whom():
    unit = OrganisationFactory()
    first = EntryFactory(call=CallFactory(owner=unit), submitted_at=NOW - 9 * DAY)
    second = EntryFactory()
    EntryFactory(call=CallFactory(owner=OrganisationFactory()))
    AnswerFactory()
    assert list(queries.waiting_entries(member_of(unit, Role.REVIEWER))) == [first, second]
    assert queries.waiting_entries(person_with(Role.ADMINISTRATOR)).count() == 3
