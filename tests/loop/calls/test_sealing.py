"""Sealed entries: nobody but their authors reads them before the time, by whatever door; at the time they open."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from tests.factories.calls import (
    NOW,
    CallFactory,
    CategoryFactory,
    CoAuthorFactory,
    DraftFactory,
    EntryFactory,
    EntryLinkFactory,
    PhaseFactory,
    QuestionFactory,
)
from tests.factories.people import UserFactory, person_with
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.moderation.queries import doubt
from vuoksi.base.people.models import Role
from vuoksi.base.search.actions import refresh_index
from vuoksi.loop.calls import actions, queries, rules
from vuoksi.loop.calls.engine import Window
from vuoksi.loop.calls.models import Call, Compared, Entry
from vuoksi.loop.calls.refusals import CallClosed, Incomplete, RulesStand

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
CLOSES = NOW + 7 * DAY
SECRET = "Zirconium"
# What is searched for is repeated on the page, so it is a part of the secret only.
PART = "zirconi"


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


@pytest.fixture
def call(settings):
    """A sealed call that takes entries at NOW, and whose time is not over by the real clock either."""
    row = CallFactory(is_sealed=True, entry_phase=None)
    PhaseFactory(call=row, closes_at=NOW + 100_000 * DAY)
    return row


@pytest.fixture
def entry(call):
    question = QuestionFactory(call=call)
    row = EntryFactory(call=call, state="sealed", title=SECRET, summary=SECRET, author_name=SECRET)
    row.responses.create(question=question, language="en", text=SECRET)
    return row


def close_at(call, at):
    """Let the call's time for sending end at `at`, as if it had always done so."""
    call.phases.update(closes_at=at)


def test_sent_to_a_sealed_call_an_idea_is_sealed_once():
    draft = DraftFactory(call=CallFactory(is_sealed=True))
    for _ in range(2):
        actions.submit_entry(entry=draft, version=draft.version, by=draft.author, at=NOW)
    assert (draft.state, draft.submitted_at) == ("sealed", NOW)


def test_a_sealed_idea_can_be_changed_and_withdrawn_by_its_author_until_the_end(entry):
    text = actions.EntryText(language="en", title="New", summary="New", responses={
        row.question_id: "Readers" for row in entry.responses.all()
    })  # fmt: skip
    sent = {"call": entry.call, "key": entry.key, "text": text, "version": 1, "writer": uuid4()}
    actions.save_entry(**sent, by=entry.author, at=NOW)
    entry.refresh_from_db()
    assert (entry.title, entry.state) == ("New", "sealed")
    close_at(entry.call, NOW)
    with pytest.raises(CallClosed):
        actions.save_entry(**{**sent, "version": 2, "text": actions.EntryText("en", "Late", "Late")},
                           by=entry.author, at=NOW)  # fmt: skip
    actions.withdraw_entry(entry=entry, by=entry.author, at=NOW)
    assert entry.state == "withdrawn"


@pytest.mark.parametrize("who", [None, *Role])
def test_no_role_opens_a_seal(entry, who):
    person = AnonymousUser() if who is None else person_with(who)
    held = rules.Held(entry)
    assert not rules.may_read_entry(person, held)
    assert not rules.may_answer(person, held)
    assert not rules.may_comment(person, held)
    assert not rules.may_edit_entry(person, held)
    assert not rules.may_withdraw_entry(person, held)


def test_only_its_authors_read_it(entry):
    friend = UserFactory()
    CoAuthorFactory(entry=entry, user=friend, accepted_at=NOW)
    invited = UserFactory()
    CoAuthorFactory(entry=entry, user=invited)
    link = EntryLinkFactory(call=entry.call, entry=entry)
    other = EntryLinkFactory(call=entry.call)
    assert rules.may_read_entry(entry.author, rules.Held(entry))
    assert rules.may_read_entry(friend, rules.Held(entry))
    assert rules.may_read_entry(AnonymousUser(), rules.Held(entry, link))
    assert not rules.may_read_entry(invited, rules.Held(entry))
    assert not rules.may_read_entry(AnonymousUser(), rules.Held(entry, other))


def addresses(entry):
    """Every door through which somebody might try."""
    slug, pk = entry.call.slug, entry.pk
    page = f"/calls/{slug}/entries/{pk}"
    return [
        f"/calls/{slug}/", f"/calls/{slug}/?q={PART}", f"/calls/{slug}/?format=csv",
        f"/calls/{slug}/?format=json", "/calls/entries/", "/calls/entries/?format=csv",
        f"{page}/", f"{page}/edit/", f"{page}/answer/", f"{page}/preview/", f"{page}/withdraw/",
        "/calls/answers/", "/calls/answers/?format=csv", f"/calls/{slug}/feed/", "/calls/feed/",
        f"/calls/{slug}/manage/", f"/calls/{slug}/awards/", f"/calls/{slug}/shares/",
        f"/calls/{slug}/panels/", f"/calls/{slug}/{pk}/jury/",
        f"/translate/calls.entry/{pk}/", f"/translate/calls.entry/{pk}/fi/",
        f"/translate/calls.response/{entry.responses.get().pk}/fi/",
        f"/search/?q={PART}", f"/api/search/?q={PART}", "/api/entries/", f"/api/entries/{pk}",
        f"/api/calls/{slug}", f"/api/calls/{slug}/entries", f"/chain/entry/{pk}/", "/moderation/",
        "/my/entries/", "/me/notices/", f"/admin/calls/entry/?q={PART}",
        f"/admin/calls/entry/{pk}/change/", "/admin/calls/coauthor/", "/admin/calls/entrylink/",
        "/admin/calls/call/", "/admin/audit/auditentry/", "/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "who", [None, Role.COORDINATOR, Role.REVIEWER, Role.MODERATOR, Role.ADMINISTRATOR]
)
def test_it_is_read_by_no_door(client, entry, who):
    CoAuthorFactory(entry=entry)
    EntryLinkFactory(call=entry.call, entry=entry)
    refresh_index(at=NOW)
    actions.refresh_compared(at=NOW)
    if who is not None:
        person = person_with(who)
        person.is_staff = person.is_superuser = who == Role.ADMINISTRATOR
        person.save()
        client.force_login(person)
    client.raise_request_exception = False
    found = []
    for address in addresses(entry):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if SECRET in body.decode() or answer.status_code == 500:
            found.append((address, answer.status_code))
    assert found == []


def test_neither_index_nor_trail_holds_it(entry):
    refresh_index(at=NOW)
    actions.refresh_compared(at=NOW)
    assert not Compared.objects.filter(kind="entries").exists()
    assert not [row for row in AuditEntry.objects.all() if SECRET in str(row.details)]


def test_their_number_is_no_secret(client, entry):
    EntryFactory(call=entry.call, state="sealed")
    assert queries.entry_counts([entry.call]) == {entry.call.pk: 2}
    page = client.get(entry.call.get_absolute_url()).content.decode()
    assert "2 ideas have been sent" in page


def test_a_sealed_idea_is_held_for_nobody_to_look_at_before_it_opens(call):
    author = UserFactory()
    links = "https://a.example https://b.example https://c.example https://d.example"
    draft = DraftFactory(call=call, author=author, summary=links)
    assert doubt(author=author, texts=[links], at=NOW)
    actions.submit_entry(entry=draft, version=1, by=author, at=NOW)
    assert (draft.state, draft.visibility) == ("sealed", "shown")
    close_at(call, CLOSES)
    actions.unseal_call(call=call, at=CLOSES)
    draft.refresh_from_db()
    assert (draft.state, draft.visibility) == ("submitted", "held")


def test_it_opens_at_the_deadline_and_not_a_moment_before(entry):
    close_at(entry.call, CLOSES)
    assert actions.unseal_call(call=entry.call, at=CLOSES - timedelta(seconds=1)) == 0
    entry.refresh_from_db()
    assert entry.state == "sealed"
    assert actions.unseal_call(call=entry.call, at=CLOSES) == 1
    assert actions.unseal_call(call=entry.call, at=CLOSES + DAY) == 0
    entry.refresh_from_db()
    call = Call.objects.get()
    assert (entry.state, call.unsealed_at) == ("submitted", CLOSES)
    rows = AuditEntry.objects.filter(verb="calls.unseal_call")
    assert [(row.actor_id, row.details) for row in rows] == [(None, {"entries": 1})]


def test_the_clock_opens_what_is_due(entry):
    close_at(entry.call, NOW)
    call_command("tick")
    entry.refresh_from_db()
    assert entry.state == "submitted"


@pytest.mark.parametrize("page", ["call", "entry"])
def test_whoever_looks_first_opens_what_a_missed_tick_left(client, entry, page):
    close_at(entry.call, NOW)
    thing = entry.call if page == "call" else entry
    assert SECRET in client.get(thing.get_absolute_url()).content.decode()


def test_a_draft_does_not_become_public(call):
    draft = DraftFactory(call=call)
    close_at(call, NOW)
    actions.unseal_call(call=call, at=NOW)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_closing_a_call_opens_it_and_it_never_opens_again_for_sending(entry, coordinator):
    call = entry.call
    actions.close_call(call=call, by=coordinator, at=NOW)
    assert actions.unseal_call(call=call, at=NOW) == 1
    with pytest.raises(RulesStand) as refusal:
        actions.reopen_call(call=call, by=coordinator, at=NOW)
    assert refusal.value.why == "unsealed"
    call.refresh_from_db()
    assert call.state == "closed"


def test_sending_cannot_be_prolonged_once_entries_were_opened(entry, coordinator):
    call = entry.call
    close_at(call, NOW)
    actions.unseal_call(call=call, at=NOW)
    call.refresh_from_db()
    longer = [Window("entry", NOW - 7 * DAY, NOW + DAY)]
    with pytest.raises(RulesStand) as refusal:
        actions.set_phases(
            call=call, windows=longer, version=call.version, reason="More time.",
            by=coordinator, at=NOW,
        )  # fmt: skip
    assert refusal.value.why == "unsealed"
    assert queries.windows_of(Call.objects.get())[0].closes_at == NOW


@pytest.mark.parametrize("promised", [True, False])
def test_a_promise_of_sealing_is_neither_given_nor_taken_back_later(coordinator, promised):
    call = CallFactory(is_sealed=promised)
    with pytest.raises(RulesStand) as refusal:
        actions.edit_call(
            call=call, version=1, is_sealed=not promised, reason="Changed.", by=coordinator, at=NOW
        )
    assert refusal.value.why == "sealed"
    early = NOW - 30 * DAY
    actions.edit_call(call=call, version=1, is_sealed=not promised, by=coordinator, at=early)
    assert call.is_sealed is not promised


def test_an_idea_of_the_last_second_is_never_sealed_for_good():
    """The page was opened, and the request came, in time; the seal was broken before its turn came."""
    call = CallFactory(is_sealed=True)
    entry = DraftFactory(call=call)
    closes = call.phases.get().closes_at
    stale = Entry.objects.select_related("call").get(pk=entry.pk)
    actions.unseal_call(call=call, at=closes)
    just_before = closes - timedelta(microseconds=1)
    actions.submit_entry(entry=stale, version=1, by=entry.author, at=just_before)
    assert Entry.objects.get(pk=entry.pk).state == "submitted"


def test_at_the_very_moment_of_closing_it_is_closed():
    entry = DraftFactory(call=CallFactory(is_sealed=True))
    with pytest.raises(CallClosed):
        actions.submit_entry(
            entry=entry, version=1, by=entry.author, at=entry.call.phases.get().closes_at
        )
    assert Entry.objects.get(pk=entry.pk).state == "draft"


def test_dates_that_changed_while_the_page_was_open_are_heeded():
    call = CallFactory()
    entry = DraftFactory(call=call)
    stale = Entry.objects.select_related("call").prefetch_related("call__phases").get(pk=entry.pk)
    assert len(stale.call.phases.all()) == 1
    call.phases.update(closes_at=NOW - timedelta(hours=1))
    with pytest.raises(CallClosed):
        actions.submit_entry(entry=stale, version=1, by=entry.author, at=NOW)


def test_the_category_of_another_call_is_none_of_this_one():
    entry, stray = DraftFactory(), CategoryFactory()
    text = actions.EntryText("en", "Lamps", "Lend.", category=stray)
    with pytest.raises(Incomplete):
        actions.save_entry(
            call=entry.call, key=entry.key, text=text, version=1, writer=uuid4(), by=entry.author,
            at=NOW,
        )  # fmt: skip
    with pytest.raises(Incomplete):
        actions.save_entry(
            call=entry.call, key=uuid4(), text=text, version=0, writer=uuid4(), by=entry.author,
            at=NOW,
        )  # fmt: skip
    assert Entry.objects.get().category is None
