"""Who reports, decides and appeals. Whether there is still time is asked in actions, where the time is known."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from vuoksi.base.moderation.models import Case, Decision, Report
from vuoksi.base.moderation.registry import kind_of
from vuoksi.base.people.rules import Person, is_moderating, permission, predicate
from vuoksi.base.texts.models import Visibility


@dataclass(frozen=True, slots=True)
class Seat:
    """A case, and for somebody without an account what their link says: their report, or that they wrote the text."""

    case: Case
    report: Report | None = None
    is_authors_link: bool = False


@predicate
def is_shown_to(user: Person, thing: Model) -> bool:
    kind = kind_of(thing)
    is_shown = getattr(thing, "visibility", "") == Visibility.SHOWN
    return kind is not None and is_shown and kind.may_read(user, thing)


@predicate
def is_moderated(user: Person, thing: Model) -> bool:
    return kind_of(thing) is not None


@predicate
def is_author(user: Person, seat: Seat) -> bool:
    if seat.is_authors_link:
        return True
    kind = kind_of(seat.case.thing)
    if kind is None or not user.is_authenticated:
        return False
    return any(person.pk == user.pk for person in kind.authors(seat.case.thing))


@predicate
def is_reporter(user: Person, seat: Seat) -> bool:
    if seat.report is not None:
        return True
    return user.is_authenticated and seat.case.reports.filter(reporter=user).exists()


@predicate
def waits(user: Person, seat: Seat) -> bool:
    return seat.case.state == Case.State.OPEN


@predicate
def is_appealed(user: Person, seat: Seat) -> bool:
    return seat.case.state == Case.State.APPEALED


@predicate
def can_be_appealed(user: Person, seat: Seat) -> bool:
    return seat.case.state in {Case.State.DECIDED, Case.State.APPEALED}


@predicate
def decided_first(user: Person, seat: Seat) -> bool:
    first = seat.case.decisions.filter(stage=Decision.Stage.FIRST, by=user.pk)
    return user.is_authenticated and first.exists()


@predicate
def is_to_be_mended(user: Person, seat: Seat) -> bool:
    is_at_rest = seat.case.state in {Case.State.DECIDED, Case.State.SETTLED}
    return is_at_rest and getattr(seat.case.thing, "visibility", "") == Visibility.MEND


is_party = is_author | is_reporter
stands_apart = is_moderating & ~is_author & ~is_reporter

may_report, check_report = permission(
    "moderation.report", is_shown_to, reason=_("There is nothing here that can be reported.")
)
may_see_cases, check_see_cases = permission(
    "moderation.see_cases", is_moderating, reason=_("Only moderators see what was reported.")
)
may_look, check_look = permission(
    "moderation.look",
    # What is not shown to them, such as a draft or a sealed idea, is nothing that they have seen.
    is_moderating & is_moderated & is_shown_to,
    reason=_("Only moderators take a text out of sight."),
)
may_read_case, check_read_case = permission(
    "moderation.read_case",
    is_moderating | is_party,
    reason=_("Only those whom it concerns, and moderators, see this."),
)
may_decide, check_decide = permission(
    "moderation.decide",
    waits & stands_apart,
    reason=_("A moderator who neither wrote nor reported it decides, once."),
)
may_appeal, check_appeal = permission(
    "moderation.appeal",
    can_be_appealed & is_party,
    reason=_("Only who wrote or reported a text can appeal, once it was decided."),
)
may_settle, check_settle = permission(
    "moderation.settle",
    is_appealed & stands_apart & ~decided_first,
    reason=_("An appeal is decided by another moderator than the first."),
)
may_mend, check_mend = permission(
    "moderation.mend",
    is_to_be_mended & is_author,
    reason=_("Only its author can mend a text, and only when the moderators have asked for it."),
)
