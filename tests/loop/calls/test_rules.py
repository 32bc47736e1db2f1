"""Who may do what, as one table: each person against each state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.calls import (
    NOW,
    CallFactory,
    CoAuthorFactory,
    DraftFactory,
    EntryFactory,
    EntryLinkFactory,
    member_of,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.loop.calls import rules
from vuoksi.loop.calls.models import Call, Entry

pytestmark = pytest.mark.django_db

EVERYBODY = {None, *Role}
SIGNED_IN = {*Role}
STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
STEERING = {Role.COORDINATOR, Role.ADMINISTRATOR}


def somebody(who):
    return AnonymousUser() if who is None else person_with(who)


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", Call.State.values)
def test_who_reads_and_writes_calls(who, state):
    person, call = somebody(who), CallFactory(state=state)
    assert rules.may_read_call(person, call) == (state != "draft" or who in STAFF)
    assert rules.may_write_call(person, call) == (who in STEERING)


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", Call.State.values)
@pytest.mark.parametrize(
    ("entrants", "allowed"),
    [
        ("anybody", EVERYBODY),
        ("signed_in", SIGNED_IN),
        ("staff", STAFF),
        ("companies", {Role.COMPANY}),
    ],
)
def test_who_enters(who, state, entrants, allowed):
    person, call = somebody(who), CallFactory(state=state, entrants=entrants)
    is_public = state != "draft"
    assert rules.may_enter(person, call) == (is_public and who in allowed)
    assert rules.may_enter_for(person, call) == (is_public and who in STAFF)


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [("city_unit", False), ("company", True), ("university", True), ("association", True)],
)
def test_a_member_of_another_organisation_enters_a_call_for_companies(kind, allowed):
    person = member_of(OrganisationFactory(kind=kind))
    assert rules.may_enter(person, CallFactory(entrants="companies")) == allowed


def test_to_begin_one_signs_in_or_has_a_link():
    assert not rules.may_begin(AnonymousUser(), None)
    assert rules.may_begin(UserFactory(), None)
    assert rules.may_begin(AnonymousUser(), EntryLinkFactory())


# Every relation a person can have to an entry.
RELATIONS = (
    "nobody",
    "stranger",
    "author",
    "address",
    "link",
    "enterer",
    "co-author",
    "invited",
    "coordinator",
    "reviewer",
    "other coordinator",
    "administrator",
)
FIRST = {"author", "address", "link", "enterer"}
WRITERS = FIRST | {"co-author"}
ANSWERERS = {"coordinator", "reviewer", "administrator"}


def entry_and_person(relation, state):
    """Make an entry in `state` of a call with an owner, and a person who stands so to it."""
    unit = OrganisationFactory()
    call = CallFactory(owner=unit)
    submitted_at = None if state in {"draft", "withdrawn"} else NOW
    entry = EntryFactory(call=call, state=state, submitted_at=submitted_at)
    if relation in {"address", "link"}:
        Entry.objects.filter(pk=entry.pk).update(author=None, author_email="ann@example.org")
        entry.refresh_from_db()
    makers = {
        "nobody": AnonymousUser,
        "stranger": UserFactory,
        "author": lambda: entry.author,
        "address": lambda: UserFactory(email="Ann@example.org"),
        "link": AnonymousUser,
        "enterer": UserFactory,
        "co-author": UserFactory,
        "invited": UserFactory,
        "coordinator": lambda: member_of(unit, Role.COORDINATOR),
        "reviewer": lambda: member_of(unit, Role.REVIEWER),
        "other coordinator": lambda: person_with(Role.COORDINATOR),
        "administrator": lambda: person_with(Role.ADMINISTRATOR),
    }
    person = makers[relation]()
    if relation == "enterer":
        entry.entered_by = person
        entry.save()
    if relation == "co-author":
        CoAuthorFactory(entry=entry, user=person, accepted_at=NOW)
    if relation == "invited":
        CoAuthorFactory(entry=entry, email=person.email)
    link = EntryLinkFactory(call=call, entry=entry) if relation == "link" else None
    return rules.Held(entry, link), person


@pytest.mark.parametrize("state", Entry.State.values)
@pytest.mark.parametrize("relation", RELATIONS)
def test_who_does_what_with_an_entry(relation, state):
    held, person = entry_and_person(relation, state)
    is_public = state in {"submitted", "accepted", "refused"}
    is_unfinished = state in {"draft", "sealed", "submitted"}
    signed_in = person.is_authenticated
    assert rules.may_read_entry(person, held) == (is_public or relation in WRITERS)
    assert rules.may_edit_entry(person, held) == (is_unfinished and relation in WRITERS)
    assert rules.may_withdraw_entry(person, held) == (is_unfinished and relation in FIRST)
    assert rules.may_invite(person, held) == (is_unfinished and relation in FIRST - {"link"})
    assert rules.may_answer(person, held) == (is_public and relation in ANSWERERS)
    assert rules.may_comment(person, held) == (is_public and signed_in)


def test_an_entry_of_a_call_that_is_no_longer_public_is_not_public():
    entry = EntryFactory(call__state="draft")
    assert not rules.may_read_entry(UserFactory(), rules.Held(entry))


@pytest.mark.parametrize("relation", ["author", "co-author"])
def test_nobody_answers_their_own_idea(relation):
    administrator = person_with(Role.ADMINISTRATOR)
    entry = EntryFactory(author=administrator) if relation == "author" else EntryFactory()
    if relation == "co-author":
        CoAuthorFactory(entry=entry, user=administrator, accepted_at=NOW)
    assert not rules.may_answer(administrator, rules.Held(entry))


def test_who_entered_an_idea_for_somebody_may_answer_it():
    administrator = person_with(Role.ADMINISTRATOR)
    entry = EntryFactory(author=None, author_name="A resident", entered_by=administrator)
    assert rules.may_answer(administrator, rules.Held(entry))


def test_a_call_without_an_owner_is_answered_by_every_unit():
    assert rules.may_answer(person_with(Role.REVIEWER), rules.Held(EntryFactory()))


def test_a_link_opens_its_own_entry_only():
    link = EntryLinkFactory(entry=DraftFactory())
    assert not rules.may_edit_entry(AnonymousUser(), rules.Held(DraftFactory(), link))


@pytest.mark.parametrize("who", [None, *Role])
def test_who_sees_what_waits(who):
    assert rules.may_see_waiting(somebody(who)) == (who in {*STEERING, Role.REVIEWER})


@pytest.mark.parametrize("state", Entry.State.values)
def test_who_accepts_an_invitation(state):
    submitted_at = None if state in {"draft", "withdrawn"} else NOW
    entry = EntryFactory(state=state, submitted_at=submitted_at)
    invitation = CoAuthorFactory(entry=entry)
    assert rules.may_accept(UserFactory(), invitation) == (
        state in {"draft", "sealed", "submitted"}
    )
    assert not rules.may_accept(AnonymousUser(), invitation)


def test_who_removes_a_co_author():
    co_author = CoAuthorFactory(user=UserFactory(), accepted_at=NOW)
    assert rules.may_remove_co_author(co_author.user, co_author)
    assert rules.may_remove_co_author(co_author.entry.author, co_author)
    assert not rules.may_remove_co_author(UserFactory(), co_author)
    assert not rules.may_remove_co_author(AnonymousUser(), co_author)


def test_a_refusal_says_why():
    with pytest.raises(NotAllowed) as refusal:
        rules.check_enter(UserFactory(), CallFactory(entrants="staff"))
    assert str(refusal.value.reason) == (
        "This call is for others: see “who may take part” on its page."
    )
