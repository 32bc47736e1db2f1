"""Who may do what on a panel. Nobody ever judges an idea of their own, or sees others' scores before they are locked."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person, is_anybody, is_steering, permission, predicate
from vuoksi.base.texts.models import Visibility
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.calls.rules import (
    PUBLIC_ENTRIES,
    Held,
    is_author,
    is_co_author,
    is_first_author,
)
from vuoksi.loop.juries.models import Conflict, Panel, Review

SEEN = frozenset({Panel.State.LOCKED, Panel.State.CONCLUDED})


@predicate
def is_draft(user: Person, panel: Panel) -> bool:
    return panel.state == Panel.State.DRAFT


@predicate
def is_open(user: Person, panel: Panel) -> bool:
    return panel.state == Panel.State.OPEN


@predicate
def is_locked(user: Person, panel: Panel) -> bool:
    return panel.state == Panel.State.LOCKED


@predicate
def is_concluded(user: Person, panel: Panel) -> bool:
    return panel.state == Panel.State.CONCLUDED


@predicate
def is_seen(user: Person, panel: Panel) -> bool:
    return panel.state in SEEN


@predicate
def is_juror(user: Person, panel: Panel) -> bool:
    return user.is_authenticated and panel.jurors.filter(user=user).exists()


@predicate
def orders_finalists(user: Person, panel: Panel) -> bool:
    return panel.way == Panel.Way.RANKS


@predicate
def is_its_reviewer(user: Person, review: Review) -> bool:
    return user.is_authenticated and review.juror.user_id == user.pk


@predicate
def is_in_an_open_panel(user: Person, review: Review) -> bool:
    return review.juror.panel.state == Panel.State.OPEN and review.state != Review.State.DECLINED


@predicate
def still_competes(user: Person, review: Review) -> bool:
    """Not withdrawn, and not out of sight."""
    return review.entry.state in PUBLIC_ENTRIES and review.entry.visibility == Visibility.SHOWN


@predicate
def is_of_somebody_else(user: Person, review: Review) -> bool:
    held = Held(review.entry)
    return not (is_first_author.test(user, held) or is_co_author.test(user, held))


@predicate
def wrote(user: Person, entry: Entry) -> bool:
    held = Held(entry)
    return bool(is_author.test(user, held) or is_co_author.test(user, held))


@dataclass(frozen=True, slots=True)
class Case:
    """One entry on one panel."""

    panel: Panel
    entry: Entry


@predicate
def is_anothers_case(user: Person, case: Case) -> bool:
    held = Held(case.entry)
    return not (is_first_author.test(user, held) or is_co_author.test(user, held))


@predicate
def is_on_the_case(user: Person, case: Case) -> bool:
    """A coordinator, or a juror who has not given the entry up for a conflict of interest."""
    if not is_juror.test(user, case.panel):
        return False
    gave_up = Conflict.objects.filter(
        juror__panel=case.panel, juror__user=user.pk, entry=case.entry
    )
    return not gave_up.exists()


@predicate
def is_steering_it(user: Person, case: Case) -> bool:
    return bool(is_steering.test(user))


@predicate
def is_on_the_panel(user: Person, case: Case) -> bool:
    return case.panel.entries.filter(pk=case.entry.pk).exists()


@predicate
def is_case_seen(user: Person, case: Case) -> bool:
    return case.panel.state in SEEN


@predicate
def is_case_locked(user: Person, case: Case) -> bool:
    return case.panel.state == Panel.State.LOCKED


may_steer_panel, check_steer_panel = permission(
    "juries.steer_panel",
    is_steering,
    reason=_("Only a coordinator makes panels and leads them."),
)
may_write_rules, check_write_rules = permission(
    "juries.write_rules",
    is_steering & is_draft,
    reason=_("Only a coordinator writes a panel's rules, and only until it opens."),
)
may_seat, check_seat = permission(
    "juries.seat",
    is_steering & (is_draft | is_open),
    reason=_("Only a coordinator gives and takes seats, and only until the scores are locked."),
)
may_ask, check_ask = permission(
    "juries.ask",
    is_steering & is_open,
    reason=_("Only a coordinator asks for reviews, and only while the panel is open."),
)
may_change_rules, check_change_rules = permission(
    "juries.change_rules",
    is_steering & (is_open | is_locked),
    reason=_(
        "Rules that stand are changed by a coordinator, with a reason, until the panel is concluded."
    ),
)
may_see_panel, check_see_panel = permission(
    "juries.see_panel",
    is_steering | is_juror | is_concluded,
    reason=_("Only its jurors and coordinators see a panel before it is concluded."),
)
may_judge, check_judge = permission(
    "juries.judge",
    is_its_reviewer & is_in_an_open_panel & still_competes & is_of_somebody_else,
    reason=_(
        "Only the juror who was asked can judge an idea, only while the panel is open and the idea competes, and never"
        " their own idea."
    ),
)
may_place, check_place = permission(
    "juries.place",
    is_juror & is_open & orders_finalists,
    reason=_("Only the jury puts the finalists in an order, and only while the panel is open."),
)
may_see_scores, check_see_scores = permission(
    "juries.see_scores",
    (is_steering | is_juror) & is_seen,
    reason=_("Scores are seen by the panel and the coordinators once they are locked."),
)
may_export_scores, check_export_scores = permission(
    "juries.export_scores",
    is_steering & is_seen,
    reason=_("Only a coordinator takes the scores out, and only once they are locked."),
)
may_discuss, check_discuss = permission(
    "juries.discuss",
    (is_steering_it | is_on_the_case) & is_case_seen & is_on_the_panel & is_anothers_case,
    reason=_(
        "What is said of an idea is seen by the panel once scores are locked, but not by those who wrote it or have a"
        " conflict of interest."
    ),
)
may_remark, check_remark = permission(
    "juries.remark",
    (is_steering_it | is_on_the_case) & is_case_locked & is_on_the_panel & is_anothers_case,
    reason=_(
        "Ideas are discussed on the panel while its scores are locked, and not by those who wrote them or have a"
        " conflict of interest."
    ),
)
may_read_results, check_read_results = permission(
    "juries.read_results",
    is_anybody & is_concluded,
    reason=_("The results are public once the panel is concluded."),
)
may_read_feedback, check_read_feedback = permission(
    "juries.read_feedback",
    wrote,
    reason=_("Only its authors read what the jury said of an idea."),
)
