from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, QuerySet

from vuoksi.base.people.models import User
from vuoksi.base.talk.models import AboutThing, Comment, Follow, Support
from vuoksi.base.texts.models import Visibility
from vuoksi.base.texts.queries import attach


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with the replies to it."""

    comment: Comment
    replies: list[Comment]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many stand behind a thing, and whether the reader does."""

    supports: int
    does_support: bool
    does_follow: bool


def comments_on(thing: Model, *, anchor: str | None = None) -> QuerySet[Comment]:
    """What was said about `thing`, oldest first; hidden comments stay, as a line that says why."""
    found = (
        Comment.objects.filter(**_about(thing))
        .select_related("author")
        .order_by("written_at", "pk")
    )
    return found if anchor is None else found.filter(anchor=anchor)


def shown_to(
    user: User | AnonymousUser, comments: Iterable[Comment], *, all_of_them: bool
) -> list[Comment]:
    """Leave out what is held, but to its author and to those who look at it (`all_of_them`)."""
    return [
        row
        for row in comments
        if row.visibility != Visibility.HELD or all_of_them or row.author_id == user.pk
    ]


def threads(comments: Iterable[Comment]) -> list[Thread]:
    """Put replies under what they answer, with the texts in the reader's language."""
    rows = attach(comments)
    replies: dict[int | None, list[Comment]] = defaultdict(list)
    for row in rows:
        replies[row.reply_to_id].append(row)
    return [Thread(row, replies[row.pk]) for row in replies[None]]


def standing(user: User | AnonymousUser, thing: Model) -> Standing:
    return Standing(
        supports=Support.objects.filter(**_about(thing)).count(),
        does_support=does_support(user, thing),
        does_follow=does_follow(user, thing),
    )


def comments_since(author: User, since: datetime, *, but: UUID) -> int:
    """Number of comments that `author` wrote after `since`, the one with the key `but` not counted."""
    return Comment.objects.filter(author=author, written_at__gt=since).exclude(key=but).count()


def ties_to(thing: Model) -> dict[int, str]:
    """What ties people to `thing`, by person: the strongest of support, follow, comment."""
    about = _about(thing)
    ties: dict[int, str] = {}
    for tie, model, who in [
        ("support", Support, "user_id"),
        ("follow", Follow, "user_id"),
        ("comment", Comment, "author_id"),
    ]:
        found = model._default_manager.filter(**about, **{f"{who[:-3]}__is_active": True})
        for person in found.values_list(who, flat=True):
            ties.setdefault(person, tie)
    return ties


def supports_of(things: Iterable[Model]) -> dict[str, int]:
    """Number of supports by primary key (as text) of things of one kind, in one query."""
    return _counts(Support, things)


def comment_counts(things: Iterable[Model]) -> dict[str, int]:
    return _counts(Comment, things, visibility=Visibility.SHOWN)


def does_support(user: User | AnonymousUser, thing: Model) -> bool:
    return user.is_authenticated and Support.objects.filter(user=user, **_about(thing)).exists()


def does_follow(user: User | AnonymousUser, thing: Model) -> bool:
    return user.is_authenticated and Follow.objects.filter(user=user, **_about(thing)).exists()


def people_behind(things: Iterable[Model]) -> QuerySet[User]:
    """Supporters, followers and commenters of things of any kinds."""
    ids: set[int] = set()
    for thing in things:
        about = _about(thing)
        ids.update(Support.objects.filter(**about).values_list("user_id", flat=True))
        ids.update(Follow.objects.filter(**about).values_list("user_id", flat=True))
        ids.update(Comment.objects.filter(**about).values_list("author_id", flat=True))
    return User.objects.filter(pk__in=ids, is_active=True)


def _about(thing: Model) -> dict[str, object]:
    return {"content_type": ContentType.objects.get_for_model(thing), "object_id": str(thing.pk)}


def _counts(model: type[AboutThing], things: Iterable[Model], **wanted: str) -> dict[str, int]:
    rows = list(things)
    if not rows:
        return {}
    kind = ContentType.objects.get_for_model(rows[0])
    found = model._default_manager.filter(
        content_type=kind, object_id__in=[str(row.pk) for row in rows], **wanted
    )
    return dict(found.values_list("object_id").annotate(n=Count("pk")))
