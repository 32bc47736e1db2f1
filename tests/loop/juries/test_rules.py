"""Who may do what on a panel: who × the panel's state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.calls import CoAuthorFactory, EntryFactory
from tests.factories.panels import JurorFactory, PanelFactory, ReviewFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.people.models import Role
from vuoksi.loop.juries import rules

pytestmark = pytest.mark.django_db

STEERING = {Role.COORDINATOR, Role.ADMINISTRATOR}
STATES = ["draft", "open", "locked", "concluded"]


def case_on(panel, **entry):
    """An idea that is judged on the panel."""
    row = EntryFactory(call=panel.call, **entry)
    panel.entries.add(row)
    return rules.Case(panel, row)


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", STATES)
def test_who_may_lead_and_read(who, state):
    person = AnonymousUser() if who is None else person_with(who)
    panel = PanelFactory(state=state, way="ranks")
    steers, case = who in STEERING, case_on(panel)
    assert {
        "steer": rules.may_steer_panel(person),
        "write": rules.may_write_rules(person, panel),
        "change": rules.may_change_rules(person, panel),
        "see": rules.may_see_panel(person, panel),
        "scores": rules.may_see_scores(person, panel),
        "seat": rules.may_seat(person, panel),
        "ask": rules.may_ask(person, panel),
        "discuss": rules.may_discuss(person, case),
        "remark": rules.may_remark(person, case),
        "results": rules.may_read_results(person, panel),
        "place": rules.may_place(person, panel),
    } == {
        "steer": steers,
        "write": steers and state == "draft",
        "change": steers and state in {"open", "locked"},
        "see": steers or state == "concluded",
        "scores": steers and state in {"locked", "concluded"},
        "seat": steers and state in {"draft", "open"},
        "ask": steers and state == "open",
        "discuss": steers and state in {"locked", "concluded"},
        "remark": steers and state == "locked",
        "results": state == "concluded",
        "place": False,
    }


@pytest.mark.parametrize("state", STATES)
def test_a_juror_sees_scores_only_once_they_are_locked(state):
    seat = JurorFactory(panel=PanelFactory(state=state, way="ranks"))
    panel, person = seat.panel, seat.user
    assert rules.may_see_panel(person, panel)
    assert not rules.may_steer_panel(person)
    assert rules.may_see_scores(person, panel) == (state in {"locked", "concluded"})
    case = case_on(panel)
    assert rules.may_discuss(person, case) == (state in {"locked", "concluded"})
    assert rules.may_remark(person, case) == (state == "locked")
    assert rules.may_place(person, panel) == (state == "open")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("review_state", ["asked", "sent", "declined"])
def test_only_the_juror_who_was_asked_judges(state, review_state):
    sent_at = "2026-05-05T09:00Z" if review_state == "sent" else None
    review = ReviewFactory(
        juror__panel=PanelFactory(state=state), state=review_state, sent_at=sent_at
    )
    may = state == "open" and review_state != "declined"
    assert rules.may_judge(review.juror.user, review) == may
    assert not rules.may_judge(person_with(Role.ADMINISTRATOR), review)
    assert not rules.may_judge(JurorFactory(panel=review.juror.panel).user, review)
    assert not rules.may_judge(AnonymousUser(), review)


@pytest.mark.parametrize("part", ["author", "entered_by", "co_author"])
def test_nobody_judges_their_own_idea(part):
    seat = JurorFactory(panel=PanelFactory(state="open"))
    own = {part: seat.user} if part != "co_author" else {}
    entry = EntryFactory(call=seat.panel.call, **own)
    if part == "co_author":
        CoAuthorFactory(entry=entry, user=seat.user, accepted_at="2026-05-01T09:00Z")
    assert not rules.may_judge(seat.user, ReviewFactory(juror=seat, entry=entry))


@pytest.mark.parametrize("part", ["author", "entered_by", "co_author"])
@pytest.mark.parametrize("role", ["juror", "coordinator"])
def test_nobody_reads_what_the_panel_says_of_their_own_idea(part, role):
    panel = PanelFactory(state="locked")
    person = person_with(Role.COORDINATOR) if role == "coordinator" else UserFactory()
    if role == "juror":
        JurorFactory(panel=panel, user=person)
    own = case_on(panel, **({part: person} if part != "co_author" else {}))
    if part == "co_author":
        CoAuthorFactory(entry=own.entry, user=person, accepted_at="2026-05-01T09:00Z")
    other = case_on(panel)
    may = [
        (rules.may_discuss(person, case), rules.may_remark(person, case)) for case in (own, other)
    ]
    assert may == [(False, False), (True, True)]


def test_who_gave_an_idea_up_is_not_on_its_case():
    seat = JurorFactory(panel=PanelFactory(state="locked"))
    given_up, other = case_on(seat.panel), case_on(seat.panel)
    seat.conflicts.create(entry=given_up.entry, reason="A neighbour.", at="2026-05-05T09:00Z")
    elsewhere = rules.Case(seat.panel, EntryFactory(call=seat.panel.call))
    cases = (given_up, other, elsewhere)
    assert [rules.may_discuss(seat.user, case) for case in cases] == [False, True, False]
    assert [rules.may_remark(seat.user, case) for case in cases] == [False, True, False]


@pytest.mark.parametrize("gone", ["withdrawn", "hidden"])
def test_an_idea_that_competes_no_more_is_judged_by_nobody(gone):
    review = ReviewFactory(juror__panel=PanelFactory(state="open"))
    assert rules.may_judge(review.juror.user, review)
    if gone == "withdrawn":
        review.entry.state = "withdrawn"
    else:
        review.entry.visibility = "hidden"
    assert not rules.may_judge(review.juror.user, review)


def test_only_authors_read_what_the_jury_said():
    entry = EntryFactory()
    friend = CoAuthorFactory(entry=entry, user=UserFactory(), accepted_at="2026-05-01T09:00Z")
    assert rules.may_read_feedback(entry.author, entry)
    assert rules.may_read_feedback(friend.user, entry)
    assert not rules.may_read_feedback(UserFactory(), entry)
    assert not rules.may_read_feedback(person_with(Role.ADMINISTRATOR), entry)
    assert not rules.may_read_feedback(AnonymousUser(), entry)
