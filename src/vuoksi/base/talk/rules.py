from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person, is_moderating, is_signed_in, permission, predicate
from vuoksi.base.talk.about import about
from vuoksi.base.talk.models import Comment

# So many comments in so many minutes are a conversation; more is a flood.
FLOOD_COMMENTS = 10
FLOOD_MINUTES = 10


# A thing that nobody registered has its own door, which asks its own rules.
@predicate
def is_readable(user: Person, thing: Model | None) -> bool:
    found = about(thing) if thing is not None else None
    return found is None or found.may_read(user)


@predicate
def is_open(user: Person, thing: Model | None) -> bool:
    found = about(thing) if thing is not None else None
    return found is None or found.may_comment(user)


@predicate
def takes_support(user: Person, thing: Model | None) -> bool:
    found = about(thing) if thing is not None else None
    return found is None or found.may_support(user)


@predicate
def answers_for_it(user: Person, thing: Model | None) -> bool:
    found = about(thing) if thing is not None else None
    return found is not None and found.may_answer(user)


@predicate
def wrote_it(user: Person, comment: Comment | None) -> bool:
    return comment is not None and user.is_authenticated and comment.author_id == user.pk


may_read, check_read = permission(
    "talk.read", is_readable, reason=_("You may not read what this is about.")
)
may_comment, check_comment = permission(
    "talk.comment",
    is_signed_in & is_readable & is_open,
    reason=_("Sign in to write a comment. Where the discussion has ended, nobody can."),
)
may_answer, check_answer = permission(
    "talk.answer",
    is_signed_in & is_readable & answers_for_it,
    reason=_("Only the one who is responsible for this can give the official answer."),
)
may_support, check_support = permission(
    "talk.support",
    is_signed_in & is_readable & takes_support,
    reason=_("Sign in to support this. Where support has ended, nobody can."),
)
may_follow, check_follow = permission(
    "talk.follow", is_signed_in & is_readable, reason=_("Sign in to follow this.")
)
may_read_hidden, check_read_hidden = permission(
    "talk.read_hidden",
    is_moderating | wrote_it,
    reason=_("Only its author and moderators read a comment that is not shown."),
)
