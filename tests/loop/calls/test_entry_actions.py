"""Writing an idea: drafts, sending, two writers, links, co-authors."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail

from tests.factories.calls import (
    NOW,
    CallFactory,
    CategoryFactory,
    CoAuthorFactory,
    DraftFactory,
    EntryFactory,
    EntryLinkFactory,
    QuestionFactory,
)
from tests.factories.people import UserFactory, person_with
from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.talk.actions import follow
from vuoksi.loop.calls import actions, queries
from vuoksi.loop.calls.models import CoAuthor, Entry, EntryLink
from vuoksi.loop.calls.refusals import CallClosed, Incomplete, LinkExpired

pytestmark = pytest.mark.django_db

LATE = NOW + timedelta(days=8)


def text(title="Lamps to borrow", summary="Lend lamps.", **more):
    return actions.EntryText(language="fi", title=title, summary=summary, **more)


def save(call, by, *, key=None, writer=None, version=0, at=NOW, words=None, **more):
    return actions.save_entry(
        call=call,
        key=key or uuid4(),
        text=words or text(),
        version=version,
        writer=writer or uuid4(),
        by=by,
        at=at,
        **more,
    )


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_first_save_begins_a_draft():
    call, author = CallFactory(), UserFactory()
    question = QuestionFactory(call=call)
    words = text(responses={question.pk: "Night readers"}, author_name="A. Reader")
    entry = save(call, author, words=words)
    entry.refresh_from_db()
    assert (entry.state, entry.author, entry.language) == ("draft", author, "fi")
    assert (entry.title, entry.author_name, entry.created_at) == (
        "Lamps to borrow",
        "A. Reader",
        NOW,
    )
    assert queries.response_texts(entry) == {question.pk: "Night readers"}
    assert verbs() == ["calls.save_entry"]


def test_an_empty_draft_may_be_kept():
    entry = save(CallFactory(), UserFactory(), words=text("", ""))
    assert Entry.objects.get() == entry


def test_the_same_form_sent_twice_stands_once():
    call, author, key, writer = CallFactory(), UserFactory(), uuid4(), uuid4()
    first = save(call, author, key=key, writer=writer)
    again = save(call, author, key=key, writer=writer)
    assert (first, again.version) == (again, 1)
    assert Entry.objects.count() == 1
    assert verbs() == ["calls.save_entry"]


def test_a_draft_is_changed_answers_too():
    call, author = CallFactory(), UserFactory()
    one, two = QuestionFactory(call=call), QuestionFactory(call=call)
    entry = save(call, author, words=text(responses={one.pk: "a", two.pk: "b"}))
    save(
        call,
        author,
        key=entry.key,
        version=1,
        at=NOW + timedelta(minutes=5),
        words=text("Candles", responses={one.pk: " ", two.pk: "c"}),
    )
    entry.refresh_from_db()
    assert (entry.title, entry.version) == ("Candles", 2)
    assert entry.edited_at == NOW + timedelta(minutes=5)
    assert queries.response_texts(entry) == {two.pk: "c"}


def test_an_answer_to_a_question_of_another_call_is_not_kept():
    entry = save(CallFactory(), UserFactory(), words=text(responses={QuestionFactory().pk: "x"}))
    assert queries.response_texts(entry) == {}


def test_two_writers_neither_loses_text():
    call, author, friend = CallFactory(), UserFactory(), UserFactory()
    entry = save(call, author)
    CoAuthorFactory(entry=entry, user=friend, accepted_at=NOW)
    save(call, author, key=entry.key, version=1, words=text("By the author"))
    with pytest.raises(EditedMeanwhile) as conflict:
        save(call, friend, key=entry.key, version=1, words=text("By the friend"))
    assert conflict.value.thing.title == "By the author"
    assert Entry.objects.get().title == "By the author"


def test_an_open_page_saves_over_its_own_saves():
    call, author, page = CallFactory(), UserFactory(), uuid4()
    entry = save(call, author, writer=page)
    save(call, author, key=entry.key, writer=page, version=0, words=text("Second"))
    save(call, author, key=entry.key, writer=page, version=0, words=text("Third"))
    assert Entry.objects.get().title == "Third"


def test_a_draft_may_be_kept_when_the_call_has_closed_but_not_sent():
    call, author = CallFactory(), UserFactory()
    entry = save(call, author, at=LATE)
    with pytest.raises(CallClosed):
        actions.submit_entry(entry=entry, version=1, by=author, at=LATE)
    entry.refresh_from_db()
    assert (entry.state, entry.title) == ("draft", "Lamps to borrow")


@pytest.mark.parametrize("entrants", ["staff", "companies"])
def test_a_call_for_others_is_refused(entrants):
    with pytest.raises(NotAllowed):
        save(CallFactory(entrants=entrants), UserFactory())
    assert Entry.objects.count() == 0


def test_nobody_writes_without_account_and_link():
    with pytest.raises(NotAllowed):
        save(CallFactory(), AnonymousUser())


def test_another_persons_key_opens_nothing():
    entry = DraftFactory()
    with pytest.raises(NotAllowed):
        save(entry.call, UserFactory(), key=entry.key, version=1)
    assert Entry.objects.get().title == entry.title


def test_sending_makes_the_idea_public_once():
    entry = DraftFactory()
    for _ in range(2):
        actions.submit_entry(entry=entry, version=1, by=entry.author, at=NOW)
    entry.refresh_from_db()
    assert (entry.state, entry.submitted_at) == ("submitted", NOW)
    assert verbs() == ["calls.freeze_call", "calls.submit_entry"]
    assert list(queries.public_entries()) == [entry]


@pytest.mark.parametrize("entrants", ["staff", "companies"])
def test_who_may_enter_is_asked_again_when_a_draft_is_sent(entrants):
    call, author = CallFactory(), UserFactory()
    entry = save(call, author)
    call.entrants = entrants
    call.save()
    entry.call.refresh_from_db()
    with pytest.raises(NotAllowed) as refusal:
        actions.submit_entry(entry=entry, version=entry.version, by=author, at=NOW)
    assert "kept as a draft" in str(refusal.value.reason)
    entry.refresh_from_db()
    assert (entry.state, entry.title) == ("draft", "Lamps to borrow")


def test_what_comes_from_staff_may_be_sent_for_somebody_whoever_may_enter():
    call, clerk = CallFactory(), person_with(Role.STAFF)
    behalf = actions.Behalf("A. Reader", "reader@example.org")
    entry = save(call, clerk, behalf=behalf)
    call.entrants = "companies"
    call.save()
    actions.submit_entry(entry=entry, version=entry.version, by=clerk, at=NOW)
    assert Entry.objects.get().state == "submitted"


def test_what_is_missing_is_named_by_field():
    call = CallFactory()
    CategoryFactory(call=call)
    needed = QuestionFactory(call=call, is_required=True)
    number = QuestionFactory(call=call, kind="number")
    entry = DraftFactory(call=call, title=" ", summary="")
    entry.responses.create(question=number, language="en", text="many")
    with pytest.raises(Incomplete) as refusal:
        actions.submit_entry(entry=entry, version=1, by=entry.author, at=NOW)
    assert refusal.value.wrong == {
        "title": "missing",
        "summary": "missing",
        "category": "missing",
        f"q_{needed.pk}": "missing",
        f"q_{number.pk}": "not_a_number",
    }
    assert Entry.objects.get().state == "draft"


def test_a_text_changed_meanwhile_is_not_sent():
    entry = DraftFactory(version=3)
    with pytest.raises(EditedMeanwhile):
        actions.submit_entry(entry=entry, version=2, by=entry.author, at=NOW)


def test_a_sent_idea_is_changed_while_the_call_is_open_and_stays_whole():
    entry = EntryFactory()
    save(entry.call, entry.author, key=entry.key, version=1, words=text("Better lamps"))
    with pytest.raises(Incomplete):
        save(entry.call, entry.author, key=entry.key, version=2, words=text(""))
    with pytest.raises(CallClosed):
        save(entry.call, entry.author, key=entry.key, version=2, at=LATE, words=text("Late"))
    assert Entry.objects.get().title == "Better lamps"


@pytest.mark.parametrize("state", ["accepted", "refused", "withdrawn"])
def test_an_answered_or_withdrawn_idea_is_not_changed(state):
    entry = EntryFactory(state=state)
    with pytest.raises(NotAllowed):
        save(entry.call, entry.author, key=entry.key, version=1)
    with pytest.raises(NotAllowed):
        actions.submit_entry(entry=entry, version=1, by=entry.author, at=NOW)
    with pytest.raises(NotAllowed):
        actions.withdraw_entry(entry=entry, by=entry.author, at=NOW)


def test_withdrawing_tells_those_who_stand_behind():
    entry, neighbour = EntryFactory(), UserFactory()
    follow(thing=entry, user=neighbour, at=NOW)
    follow(thing=entry, user=entry.author, at=NOW)
    actions.withdraw_entry(entry=entry, by=entry.author, at=NOW)
    entry.refresh_from_db()
    assert entry.state == "withdrawn"
    told = list(Notice.objects.values_list("user", "kind"))
    assert told == [(neighbour.pk, "calls.entry_withdrawn")]


def test_a_withdrawn_draft_is_told_to_nobody():
    entry = DraftFactory()
    actions.withdraw_entry(entry=entry, by=entry.author, at=NOW)
    assert Notice.objects.count() == 0


def test_staff_enter_for_somebody():
    call, clerk = CallFactory(entrants="companies"), person_with(Role.STAFF)
    behalf = actions.Behalf("Aino", " Aino@Example.org ")
    entry = save(call, clerk, behalf=behalf)
    assert (entry.author, entry.entered_by) == (None, clerk)
    assert (entry.author_name, entry.author_email) == ("Aino", "aino@example.org")


def test_others_do_not_enter_for_somebody():
    with pytest.raises(NotAllowed):
        save(CallFactory(), UserFactory(), behalf=actions.Behalf("Aino"))


def test_a_link_begins_one_idea_and_leads_back_to_it(django_capture_on_commit_callbacks):
    call = CallFactory()
    with django_capture_on_commit_callbacks(execute=True):
        link = actions.send_link(call=call, email=" Ann@Example.org", language="en", at=NOW)
    assert (link.email, link.expires_at) == ("ann@example.org", NOW + timedelta(days=14))
    token = mail.outbox[0].body.split("/calls/link/")[1].split("/")[0]
    assert queries.link_by_token(token) == link
    assert token not in str(list(EntryLink.objects.values()))
    entry = save(call, AnonymousUser(), link=link)
    assert (entry.author, entry.author_email) == (None, "ann@example.org")
    again = save(call, AnonymousUser(), link=link, version=1, words=text("Changed"))
    assert (again.pk, again.title) == (entry.pk, "Changed")
    with django_capture_on_commit_callbacks(execute=True):
        actions.submit_entry(entry=again, version=2, by=AnonymousUser(), link=link, at=NOW)
    assert [letter.subject for letter in mail.outbox] == [
        f"Your link to write an idea: {call.title}",
        # The idea is in Finnish, so the letter is too.
        "Olemme saaneet ideasi ”Changed”",
    ]


def test_a_new_link_leads_to_the_idea_that_was_begun():
    link = EntryLinkFactory()
    entry = save(link.call, AnonymousUser(), link=link)
    later = actions.renew_link(link=link, at=NOW + timedelta(days=15))
    assert (later.entry, later.email) == (entry, link.email)


@pytest.mark.parametrize("act", ["save", "submit", "withdraw"])
def test_an_expired_link_opens_nothing(act):
    link = EntryLinkFactory()
    entry = save(link.call, AnonymousUser(), link=link)
    at = link.expires_at
    shared = {"entry": entry, "by": AnonymousUser(), "link": link, "at": at}
    acts = {
        "save": lambda: save(link.call, AnonymousUser(), link=link, at=at),
        "submit": lambda: actions.submit_entry(version=1, **shared),
        "withdraw": lambda: actions.withdraw_entry(**shared),
    }
    with pytest.raises(LinkExpired):
        acts[act]()


def test_a_link_is_for_its_own_call_only():
    with pytest.raises(LinkExpired):
        save(CallFactory(), AnonymousUser(), link=EntryLinkFactory())


def test_one_address_gets_three_links_an_hour():
    call = CallFactory()
    sent = [
        actions.send_link(call=call, email="ann@example.org", language="en", at=NOW)
        for _ in range(4)
    ]
    assert [link is not None for link in sent] == [True, True, True, False]
    later = NOW + timedelta(hours=1, seconds=1)
    assert actions.send_link(call=call, email="ann@example.org", language="en", at=later)


@pytest.mark.parametrize("entrants", ["signed_in", "staff", "companies"])
def test_links_are_for_calls_that_anybody_enters(entrants):
    call = CallFactory(entrants=entrants)
    with pytest.raises(NotAllowed):
        actions.send_link(call=call, email="ann@example.org", language="en", at=NOW)


def test_a_co_author_is_invited_and_accepts(django_capture_on_commit_callbacks):
    entry, friend = DraftFactory(), UserFactory(email="friend@example.org", language="en")
    with django_capture_on_commit_callbacks(execute=True):
        invitation = actions.invite_co_author(
            entry=entry, email="Friend@example.org ", by=entry.author, at=NOW
        )
    token = mail.outbox[0].body.split("/calls/invitations/")[1].split("/")[0]
    assert queries.invitation_by_token(token) == invitation
    actions.accept_invitation(invitation=invitation, by=friend, at=NOW)
    actions.accept_invitation(invitation=invitation, by=friend, at=NOW)
    assert queries.authors_of(entry) == sorted([entry.author, friend], key=lambda p: p.pk)
    assert list(queries.entries_by(friend)) == [entry]
    assert list(Notice.objects.order_by("pk").values_list("user", "kind")) == [
        (friend.pk, "calls.co_author_invited"),
        (entry.author.pk, "calls.co_author_joined"),
    ]


def test_an_invitation_serves_one_person():
    invitation = CoAuthorFactory(user=UserFactory(), accepted_at=NOW)
    with pytest.raises(LinkExpired):
        actions.accept_invitation(invitation=invitation, by=UserFactory(), at=NOW)


def test_an_expired_invitation_is_refused():
    invitation = CoAuthorFactory()
    with pytest.raises(LinkExpired):
        actions.accept_invitation(invitation=invitation, by=UserFactory(), at=invitation.expires_at)
    assert CoAuthor.objects.get().user is None


def test_one_person_is_a_co_author_once():
    first = CoAuthorFactory(user=UserFactory(), accepted_at=NOW)
    second = CoAuthorFactory(entry=first.entry)
    actions.accept_invitation(invitation=second, by=first.user, at=NOW)
    assert CoAuthor.objects.filter(user=first.user).count() == 1


def test_an_invitation_sent_again_ends_the_former():
    invitation = CoAuthorFactory(token="old")
    author = invitation.entry.author
    actions.invite_co_author(entry=invitation.entry, email=invitation.email, by=author, at=NOW)
    assert queries.invitation_by_token("old") is None
    assert CoAuthor.objects.count() == 1


def test_who_has_accepted_is_not_invited_again():
    known = CoAuthorFactory(user=UserFactory(), accepted_at=NOW)
    again = actions.invite_co_author(
        entry=known.entry, email=known.email, by=known.entry.author, at=NOW
    )
    assert (again, mail.outbox) == (known, [])


@pytest.mark.parametrize("who", ["stranger", "co-author"])
def test_only_the_first_author_invites(who):
    entry, person = DraftFactory(), UserFactory()
    if who == "co-author":
        CoAuthorFactory(entry=entry, user=person, accepted_at=NOW)
    with pytest.raises(NotAllowed):
        actions.invite_co_author(entry=entry, email="x@example.org", by=person, at=NOW)


def test_a_co_author_leaves_and_the_text_stays():
    co_author = CoAuthorFactory(user=UserFactory(), accepted_at=NOW)
    entry = co_author.entry
    actions.remove_co_author(co_author=co_author, by=co_author.user, at=NOW)
    assert (CoAuthor.objects.count(), Entry.objects.get()) == (0, entry)


def test_a_stranger_removes_nobody():
    co_author = CoAuthorFactory(user=UserFactory(), accepted_at=NOW)
    with pytest.raises(NotAllowed):
        actions.remove_co_author(co_author=co_author, by=UserFactory(), at=NOW)


def test_an_account_made_later_owns_what_came_from_its_address():
    link = EntryLinkFactory(email="ann@example.org")
    entry = save(link.call, AnonymousUser(), link=link)
    ann = UserFactory(email="Ann@example.org")
    assert list(queries.entries_by(ann)) == [entry]
    assert queries.authors_of(entry) == [ann]
