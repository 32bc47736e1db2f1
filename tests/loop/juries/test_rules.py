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


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", STATES)
def test_who_may_lead_and_read(who, state):
    person = AnonymousUser() if who is None else person_with(who)
    panel = PanelFactory(state=state, way="ranks")
    steers = who in STEERING
    assert {
        "steer": rules.may_steer_panel(person),
        "write": rules.may_write_rules(person, panel),
        "change": rules.may_change_rules(person, panel),
        "see": rules.may_see_panel(person, panel),
        "scores": rules.may_see_scores(person, panel),
        "remark": rules.may_remark(person, panel),
        "results": rules.may_read_results(person, panel),
        "place": rules.may_place(person, panel),
    } == {
        "steer": steers,
        "write": steers and state == "draft",
        "change": steers and state in {"open", "locked"},
        "see": steers or state == "concluded",
        "scores": steers and state in {"locked", "concluded"},
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
    assert rules.may_remark(person, panel) == (state == "locked")
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


def test_only_authors_read_what_the_jury_said():
    entry = EntryFactory()
    friend = CoAuthorFactory(entry=entry, user=UserFactory(), accepted_at="2026-05-01T09:00Z")
    assert rules.may_read_feedback(entry.author, entry)
    assert rules.may_read_feedback(friend.user, entry)
    assert not rules.may_read_feedback(UserFactory(), entry)
    assert not rules.may_read_feedback(person_with(Role.ADMINISTRATOR), entry)
    assert not rules.may_read_feedback(AnonymousUser(), entry)
