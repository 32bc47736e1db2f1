"""Who does what in moderation: one table of who and the state of the case."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from tests.factories.moderation import AT, CaseFactory, DecidedCaseFactory, ReportFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import CommentFactory
from vuoksi.base.moderation import rules
from vuoksi.base.moderation.models import Decision
from vuoksi.base.people.models import Role

pytestmark = pytest.mark.django_db

STATES = ("open", "decided", "appealed", "settled", "mend")
MODERATING = {"moderator", "coordinator", "administrator"}
PARTIES = {"author", "reporter", "author_by_link", "reporter_by_link"}
# Who wrote or reported it has a say as a party, never as a moderator.
TORN = {"moderator_who_wrote", "moderator_who_reported"}
ALL = {
    "anonymous", "resident", "staff", "reviewer", "first_moderator", *MODERATING, *PARTIES, *TORN
}  # fmt: skip
ELEVATED = MODERATING | {"first_moderator"}
READERS = ELEVATED | PARTIES | TORN
TABLE = {
    "read_case": dict.fromkeys(STATES, READERS),
    "decide": {"open": ELEVATED},
    "settle": {"appealed": MODERATING},
    "appeal": dict.fromkeys(("decided", "appealed", "mend"), PARTIES | TORN),
    "mend": {"mend": {"author", "author_by_link", "moderator_who_wrote"}},
}


def case_in(state, author):
    visibility = {"open": "shown", "mend": "mend"}.get(state, "hidden")
    hidden = {} if state == "open" else {"hidden_at": AT, "hidden_reason": "spam"}
    comment = CommentFactory(
        thing=FinnishPlaceFactory(), author=author, visibility=visibility, **hidden
    )
    if state == "open":
        return CaseFactory(thing=comment)
    kept = "decided" if state == "mend" else state
    return DecidedCaseFactory(thing=comment, state=kept, decision__by=person_with(Role.MODERATOR))


def person_in(who, case):
    """Give (person, what the person sees the case by)."""
    seat = rules.Seat(case)
    if who == "anonymous":
        return AnonymousUser(), seat
    if who == "author_by_link":
        return AnonymousUser(), rules.Seat(case, is_authors_link=True)
    if who == "reporter_by_link":
        return AnonymousUser(), rules.Seat(case, report=ReportFactory(case=case, reporter=None))
    if who in {"author", "moderator_who_wrote"}:
        return case.thing.author, seat
    if who in {"reporter", "moderator_who_reported"}:
        roles = [Role.MODERATOR] if who.startswith("moderator") else []
        return ReportFactory(case=case, reporter=person_with(*roles)).reporter, seat
    if who == "first_moderator":
        first = case.decisions.first()
        return (first.by if first else person_with(Role.MODERATOR)), seat
    return (UserFactory() if who == "resident" else person_with(Role(who))), seat


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", sorted(ALL))
def test_permission_table(who, state):
    roles = [Role.MODERATOR] if who == "moderator_who_wrote" else []
    case = case_in(state, person_with(*roles))
    person, seat = person_in(who, case)

    allowed = {name for name in TABLE if getattr(rules, f"may_{name}")(person, seat)}

    assert allowed == {name for name, table in TABLE.items() if who in table.get(state, set())}


@pytest.mark.parametrize("who", ["resident", "staff", *sorted(MODERATING)])
def test_who_sees_the_queue_and_opens_cases(who):
    person = UserFactory() if who == "resident" else person_with(Role(who))
    comment = CommentFactory(thing=FinnishPlaceFactory())

    assert rules.may_see_cases(person) is (who in MODERATING)
    assert rules.may_look(person, comment) is (who in MODERATING)
    assert rules.may_look(person, OrganisationFactory()) is False


@pytest.mark.parametrize("who", [AnonymousUser, UserFactory])
@pytest.mark.parametrize(
    ("visibility", "slug", "may"),
    [("shown", "open", True), ("held", "open", False), ("shown", "secret", False)],
)
def test_anybody_reports_what_they_may_read(who, visibility, slug, may):
    comment = CommentFactory(thing=FinnishPlaceFactory(slug=slug), visibility=visibility)

    assert rules.may_report(who(), comment) is may


def test_the_database_refuses_an_appeal_decided_by_the_first_moderator():
    moderator = person_with(Role.MODERATOR)
    case = DecidedCaseFactory(
        thing=CommentFactory(thing=FinnishPlaceFactory()), decision__by=moderator
    )

    with pytest.raises(IntegrityError, match="appeal_is_decided_by_another"), transaction.atomic():
        Decision.objects.create(
            case=case, stage="appeal", outcome="keep", reason="fine", language="en",
            by=moderator, first_by=moderator, at=AT,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "reason"), [("keep", "spam"), ("hide", "fine"), ("remove", "insult")]
)
def test_the_database_refuses_an_outcome_that_does_not_fit_its_rule(outcome, reason):
    case = CaseFactory(thing=CommentFactory(thing=FinnishPlaceFactory()))

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            case=case, stage="first", outcome=outcome, reason=reason, language="en", at=AT
        )
