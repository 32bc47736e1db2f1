"""Rules of a call stand from its opening: a change has a reason, is published, and told to those who write."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from tests.factories.calls import (
    NOW,
    CallFactory,
    CategoryFactory,
    CoAuthorFactory,
    DraftFactory,
    EntryFactory,
    QuestionFactory,
    member_of,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.notices.models import Letter, Notice
from vuoksi.base.people.models import Role
from vuoksi.lib import canonical
from vuoksi.loop.calls import actions, queries
from vuoksi.loop.calls.engine import Window
from vuoksi.loop.calls.models import Call, CallRules
from vuoksi.loop.calls.refusals import CallClosed, RulesStand

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


def asks(call, coordinator, *questions, reason="The board asks it.", at=NOW):
    kept = [
        actions.Asking(row.kind, row.label, pk=row.pk, is_required=row.is_required)
        for row in call.questions.all()
    ]
    actions.set_questions(
        call=call, questions=[*kept, *questions], version=call.version, reason=reason,
        by=coordinator, at=at,
    )  # fmt: skip


def test_rules_are_kept_when_sending_opens_and_can_be_checked():
    call = CallFactory()
    CategoryFactory(call=call, slug="city")
    QuestionFactory(call=call, kind="money", low=8_000, high=30_000)
    for _ in range(2):
        actions.freeze_call(call=call, by=None, at=NOW)
    rules = call.rule_sets.get()
    data = queries.rules_data(call)
    assert (rules.number, rules.text, rules.digest) == (
        1,
        canonical.canonical(data),
        canonical.digest(data),
    )
    assert data["questions"][0]["low"] == 8_000
    assert data["categories"][0]["slug"] == "city"


@pytest.mark.parametrize(("state", "days"), [("draft", 0), ("published", 8)])
def test_before_sending_opens_all_is_free(coordinator, state, days):
    call = CallFactory(state=state)
    at = NOW - days * DAY
    asks(call, coordinator, actions.Asking("short", "Why?"), reason="", at=at)
    assert not CallRules.objects.exists()


def test_the_clock_keeps_the_rules_of_what_opened():
    opened, draft = CallFactory(), CallFactory(state="draft")
    call_command("tick")
    assert [row.call for row in CallRules.objects.all()] == [opened]
    assert not draft.rule_sets.exists()


def test_the_first_idea_keeps_them_too():
    draft = DraftFactory()
    actions.submit_entry(entry=draft, version=1, by=draft.author, at=NOW)
    assert draft.call.rule_sets.count() == 1


CHANGES = {
    "entrants": lambda call, **how: actions.edit_call(call=call, entrants="staff", **how),
    "phases": lambda call, **how: actions.set_phases(
        call=call, windows=[Window("entry", NOW - DAY, NOW + DAY)], **how
    ),
    "questions": lambda call, **how: actions.set_questions(
        call=call, questions=[actions.Asking("short", "Why?")], **how
    ),
    "categories": lambda call, **how: actions.set_categories(
        call=call, categories=[actions.Naming("city", "City")], **how
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_needs_a_reason_which_is_published(coordinator, change):
    call = CallFactory()
    how = {"version": 1, "by": coordinator, "at": NOW}
    before = queries.rules_digest(call)
    with pytest.raises(RulesStand) as refusal:
        CHANGES[change](call, **how, reason="  ")
    assert refusal.value.why == "reason"
    assert queries.rules_digest(Call.objects.get()) == before
    call.refresh_from_db()
    CHANGES[change](call, **how, reason="The board asks it.")
    rows = list(call.rule_sets.order_by("number").values_list("number", "digest", "reason"))
    assert rows == [(1, before, ""), (2, queries.rules_digest(call), "The board asks it.")]


def test_words_that_are_no_rules_change_freely(coordinator):
    call = CallFactory()
    actions.edit_call(call=call, version=1, summary="Shorter.", by=coordinator, at=NOW)
    assert [row.number for row in call.rule_sets.all()] == [1]


def test_those_who_write_are_told_and_what_lacks_an_answer_is_counted(coordinator):
    call = CallFactory()
    draft, sent, answered = (
        DraftFactory(call=call),
        EntryFactory(call=call),
        EntryFactory(call=call, state="refused"),
    )
    friend = UserFactory()
    CoAuthorFactory(entry=sent, user=friend, accepted_at=NOW)
    EntryFactory(call=call, author=None, author_email="letter@example.org")
    asks(call, coordinator, actions.Asking("short", "Since when?", is_required=True))
    told = set(Notice.objects.filter(kind="calls.rules_changed").values_list("user", flat=True))
    assert told == {draft.author_id, sent.author_id, friend.pk}
    assert answered.author_id not in told
    assert Letter.objects.filter(kind="calls.rules_changed").count() == 1
    assert call.rule_sets.order_by("-number")[0].reopened == 2


def test_what_a_change_asks_anew_can_be_answered_after_the_end_and_nothing_else(coordinator):
    call = CallFactory()
    entry = EntryFactory(call=call)
    asks(call, coordinator, actions.Asking("short", "Since when?", is_required=True))
    late = NOW + 10 * DAY
    question = call.questions.get()
    writing = {"call": call, "key": entry.key, "writer": entry.key, "by": entry.author, "at": late}
    whole = actions.EntryText("en", entry.title, entry.summary, responses={question.pk: "2020"})
    actions.save_entry(**writing, text=whole, version=1)
    assert entry.responses.get().text == "2020"
    again = actions.EntryText("en", "Better", entry.summary, responses={question.pk: "2020"})
    with pytest.raises(CallClosed):
        actions.save_entry(**writing, text=again, version=2)


def test_the_page_asks_for_the_reason_and_shows_it(client, coordinator):
    call = CallFactory(entry_phase__closes_at=NOW + 9999 * DAY)
    client.force_login(coordinator)
    address = f"/calls/{call.slug}/categories/"
    rows = client.get(address).context["rows"]
    sent = {
        "categories-TOTAL_FORMS": len(rows), "categories-INITIAL_FORMS": 0,
        "categories-0-title": "City", "version": call.version, "reason": "",
    }  # fmt: skip
    refused = client.post(address, sent)
    assert (refused.status_code, list(refused.context["why"].errors)) == (422, ["reason"])
    assert client.post(address, {**sent, "reason": "Two juries."}).status_code == 302
    page = client.get(call.get_absolute_url()).content.decode()
    assert "Two juries." in page
    assert call.rule_sets.get(number=2).digest[:16] in page


def test_who_answers_is_told_once_that_a_promise_is_late():
    unit = OrganisationFactory()
    reviewer = member_of(unit, Role.REVIEWER)
    stranger = person_with(Role.REVIEWER)
    call = CallFactory(owner=unit, answers_due_on=date(2026, 5, 3))
    entry = EntryFactory(call=call)
    for _ in range(2):
        actions.tell_overdue(call=call, at=NOW)
        call.refresh_from_db()
    assert list(Notice.objects.values_list("user", "kind")) == [
        (reviewer.pk, "calls.answers_overdue")
    ]
    assert list(queries.overdue_entries(reviewer, date(2026, 5, 4))) == [entry]
    assert list(queries.overdue_entries(stranger, date(2026, 5, 4))) == []
    assert list(queries.overdue_entries(reviewer, date(2026, 5, 3))) == []


def test_a_call_whose_ideas_are_answered_is_never_overdue():
    call = CallFactory(answers_due_on=date(2026, 5, 3))
    EntryFactory(call=call, state="accepted")
    actions.tell_overdue(call=call, at=NOW)
    assert not Notice.objects.exists()


def test_the_author_sees_the_promise_and_that_it_is_late(client):
    entry = EntryFactory(call__answers_due_on=date(2026, 5, 3))
    assert "The answer is late" in client.get(entry.get_absolute_url()).content.decode()
    Call.objects.update(answers_due_on=date(2999, 5, 3))
    assert "It promised to answer by" in client.get(entry.get_absolute_url()).content.decode()


def test_a_new_day_makes_a_new_promise(coordinator):
    call = CallFactory(answers_due_on=date(2026, 5, 3), overdue_told_at=NOW)
    later = date(2026, 6, 1)
    actions.edit_call(call=call, version=1, answers_due_on=later, by=coordinator, at=NOW)
    assert (call.answers_due_on, call.overdue_told_at) == (later, None)


def test_overdue_ideas_are_a_filter_of_the_list(client):
    unit = OrganisationFactory()
    client.force_login(member_of(unit, Role.COORDINATOR))
    late = EntryFactory(call__owner=unit, call__answers_due_on=date(2026, 5, 3))
    EntryFactory(call__owner=unit)
    page = client.get("/calls/answers/?late=yes")
    assert [row.pk for row in page.context["table"].rows] == [late.pk]
