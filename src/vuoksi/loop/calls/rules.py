"""Who may do what with calls and entries.

Whether the call is open at this moment is not asked here: time is an argument of actions.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Membership, Organisation
from vuoksi.base.people.rules import (
    Person,
    is_administrator,
    is_city_staff,
    is_company_member,
    is_coordinator,
    is_moderating,
    is_reviewer,
    is_signed_in,
    is_steering,
    permission,
    predicate,
)
from vuoksi.base.texts.models import Visibility
from vuoksi.loop.calls.models import Call, CoAuthor, Entry, EntryLink
from vuoksi.loop.calls.refusals import LinkExpired

PUBLIC_CALLS = frozenset({Call.State.PUBLISHED, Call.State.CLOSED})
PUBLIC_ENTRIES = frozenset({Entry.State.SUBMITTED, Entry.State.ACCEPTED, Entry.State.REFUSED})
# Sent, whether it is sealed or already public: what is counted.
SENT_ENTRIES = PUBLIC_ENTRIES | {Entry.State.SEALED}
IS_SENT = Q(state__in=SENT_ENTRIES, visibility=Visibility.SHOWN)
# An entry that everybody may read, as a condition on its table alone; its call must be public too.
IS_PUBLIC = Q(state__in=PUBLIC_ENTRIES, visibility=Visibility.SHOWN)
UNFINISHED = frozenset({Entry.State.DRAFT, Entry.State.SEALED, Entry.State.SUBMITTED})


@dataclass(frozen=True, slots=True)
class Held:
    """An entry, and the link with which somebody without an account holds it."""

    entry: Entry
    link: EntryLink | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of a joint call, and the city whose share is decided."""

    entry: Entry
    city: Organisation


@predicate
def is_public_call(user: Person, call: Call) -> bool:
    return call.state in PUBLIC_CALLS


@predicate
def is_among_entrants(user: Person, call: Call) -> bool:
    if call.entrants == Call.Entrants.STAFF:
        return bool(is_city_staff.test(user))
    if call.entrants == Call.Entrants.COMPANIES:
        return speaks_for_others(user)
    return call.entrants == Call.Entrants.ANYBODY or user.is_authenticated


def speaks_for_others(user: Person) -> bool:
    """Whether the person belongs to a company or another organisation than the city's own units."""
    if not user.is_authenticated:
        return False
    own = ~Q(organisation__kind=Organisation.Kind.CITY_UNIT)
    return bool(is_company_member.test(user)) or user.memberships.filter(own).exists()


@predicate
def has_link(user: Person, link: EntryLink | None) -> bool:
    return link is not None


@predicate
def is_sent(user: Person, held: Held) -> bool:
    """Sent to a public call: its address is public, whether its text is shown or not."""
    return held.entry.state in PUBLIC_ENTRIES and held.entry.call.state in PUBLIC_CALLS


@predicate
def is_shown(user: Person, held: Held) -> bool:
    return held.entry.visibility == Visibility.SHOWN


is_public_entry = is_sent & is_shown


@predicate
def are_names_shown(user: Person, held: Held) -> bool:
    """Not so while a panel judges without knowing who wrote what; a file or a comment may tell it."""
    return not held.entry.call.are_names_hidden


@predicate
def is_not_removed(user: Person, held: Held) -> bool:
    return held.entry.visibility != Visibility.REMOVED


@predicate
def is_author(user: Person, held: Held) -> bool:
    """The author, or the owner of the address that the entry came from."""
    entry = held.entry
    if held.link is not None and held.link.entry_id == entry.pk:
        return True
    if not user.is_authenticated:
        return False
    by_address = entry.author_id is None and bool(entry.author_email)
    return entry.author_id == user.pk or (by_address and entry.author_email == user.email.lower())


@predicate
def has_entered(user: Person, held: Held) -> bool:
    """Staff who entered it on somebody's behalf."""
    return user.is_authenticated and held.entry.entered_by_id == user.pk


is_first_author = is_author | has_entered


@predicate
def comes_from_an_entrant(user: Person, held: Held) -> bool:
    """Whether those it comes from may enter now: its first author, or the staff who entered it on somebody's behalf."""
    entry = held.entry
    if entry.entered_by is not None:
        return bool(is_city_staff.test(entry.entered_by))
    return bool(is_among_entrants.test(entry.author or user, entry.call))


@predicate
def is_co_author(user: Person, held: Held) -> bool:
    if not user.is_authenticated:
        return False
    accepted = held.entry.co_authors.filter(user=user, accepted_at__isnull=False)
    return accepted.exists()


@predicate
def is_colleague(user: Person, held: Held) -> bool:
    """A member of an organisation to which one of its authors belongs."""
    if not user.is_authenticated:
        return False
    mine = user.memberships.values("organisation")
    wrote = Q(user=held.entry.author_id) | Q(
        user__co_entries__entry=held.entry, user__co_entries__accepted_at__isnull=False
    )
    return Membership.objects.filter(wrote, organisation__in=mine).exists()


@predicate
def is_unfinished(user: Person, held: Held) -> bool:
    return held.entry.state in UNFINISHED


@predicate
def can_be_answered(user: Person, held: Held) -> bool:
    return held.entry.state in PUBLIC_ENTRIES and held.entry.visibility == Visibility.SHOWN


@predicate
def is_of_the_owner(user: Person, held: Held) -> bool:
    """A member of the unit that owns the call; a call without an owner belongs to all units."""
    owner = held.entry.call.owner_id
    return owner is None or (
        user.is_authenticated and user.memberships.filter(organisation=owner).exists()
    )


@predicate
def part_can_be_decided(user: Person, part: Part) -> bool:
    call, city = part.entry.call, part.city.pk
    is_among = city == call.owner_id or call.partners.filter(pk=city).exists()
    return is_among and bool(can_be_answered.test(user, Held(part.entry)))


@predicate
def speaks_for_the_city(user: Person, part: Part) -> bool:
    return user.is_authenticated and user.memberships.filter(organisation=part.city).exists()


@predicate
def wrote_it(user: Person, part: Part) -> bool:
    held = Held(part.entry)
    return bool(is_author.test(user, held) or is_co_author.test(user, held))


@predicate
def is_still_written(user: Person, invitation: CoAuthor) -> bool:
    return invitation.entry.state in UNFINISHED


@predicate
def is_invited(user: Person, co_author: CoAuthor) -> bool:
    return user.is_authenticated and co_author.user_id == user.pk


@predicate
def is_inviter(user: Person, co_author: CoAuthor) -> bool:
    return bool(is_first_author.test(user, Held(co_author.entry)))


may_read_call, check_read_call = permission(
    "calls.read_call",
    is_public_call | is_city_staff,
    reason=_("This call is not published yet."),
)
may_write_call, check_write_call = permission(
    "calls.write_call", is_steering, reason=_("Only a coordinator can make and change calls.")
)
may_enter, check_enter = permission(
    "calls.enter",
    is_public_call & is_among_entrants,
    reason=_("This call is for others: see “who may take part” on its page."),
)
may_begin, check_begin = permission(
    "calls.begin",
    is_signed_in | has_link,
    reason=_("Sign in, or ask for a link by e-mail, to write an idea."),
)
may_enter_for, check_enter_for = permission(
    "calls.enter_for",
    is_public_call & is_city_staff,
    reason=_("Only city staff can enter an idea for somebody else."),
)
may_read_entry, check_read_entry = permission(
    "calls.read_entry",
    is_public_entry | is_first_author | is_co_author | (is_sent & is_moderating),
    reason=_("This idea is not public."),
)
may_read_files, check_read_files = permission(
    "calls.read_files",
    (is_public_entry & are_names_shown)
    | is_first_author
    | is_co_author
    | (is_sent & is_moderating),
    reason=_("The files of this idea are not public, or not until its panel has judged."),
)
may_read_public_entry, check_read_public_entry = permission(
    "calls.read_public_entry", is_public_entry, reason=_("This idea is not public.")
)
may_edit_entry, check_edit_entry = permission(
    "calls.edit_entry",
    is_unfinished & is_not_removed & (is_first_author | is_co_author),
    reason=_("Only its authors can change an idea, and only until it has been answered."),
)
may_send_entry, check_send_entry = permission(
    "calls.send_entry",
    comes_from_an_entrant,
    reason=_(
        "This call is for others now: see “who may take part” on its page. Your idea is kept as a draft."
    ),
)
may_withdraw_entry, check_withdraw_entry = permission(
    "calls.withdraw_entry",
    is_unfinished & is_first_author,
    reason=_("Only its first author can withdraw an idea, and only until it has been answered."),
)
may_invite, check_invite = permission(
    "calls.invite",
    is_unfinished & is_first_author & is_signed_in,
    reason=_("Only the first author, signed in, can invite others to write."),
)
may_accept, check_accept = permission(
    "calls.accept_invitation",
    is_signed_in & is_still_written,
    reason=_("Sign in to accept; once an idea is answered or withdrawn, nobody can join it."),
)
may_remove_co_author, check_remove_co_author = permission(
    "calls.remove_co_author",
    is_invited | is_inviter,
    reason=_("Only the first author or the person concerned can do this."),
)
may_comment, check_comment = permission(
    "calls.comment",
    is_public_entry & is_signed_in & (are_names_shown | ~(is_first_author | is_co_author)),
    reason=_(
        "Sign in to comment on, support or follow an idea that is public; its authors wait while a panel judges without"
        " knowing who they are."
    ),
)
may_support, check_support = permission(
    "calls.support",
    ~(is_first_author | is_co_author | is_colleague),
    reason=_("Nobody supports an idea of their own, or of their own organisation."),
)
may_see_waiting, check_see_waiting = permission(
    "calls.see_waiting",
    is_steering | is_reviewer,
    reason=_("Only coordinators and reviewers answer ideas."),
)
may_award, check_award = permission(
    "calls.award",
    is_steering & ~(is_author | is_co_author),
    reason=_("Only a coordinator gives awards, and never for their own idea."),
)
may_answer, check_answer = permission(
    "calls.answer",
    can_be_answered
    & (is_administrator | ((is_coordinator | is_reviewer) & is_of_the_owner))
    & ~(is_author | is_co_author),
    reason=_(
        "Only a coordinator or reviewer of the unit that owns the call can answer, and never their own idea."
    ),
)

may_decide_share, check_decide_share = permission(
    "calls.decide_share",
    part_can_be_decided & (is_coordinator | is_reviewer) & speaks_for_the_city & ~wrote_it,
    reason=_(
        "Each city of a joint call decides its own share alone, and nobody on their own idea."
    ),
)


def check_link(link: EntryLink | None, call: Call, at: datetime) -> None:
    """Raise LinkExpired for a link that is too old, or that was sent for another call."""
    if link is not None and (link.expires_at <= at or link.call_id != call.pk):
        raise LinkExpired
