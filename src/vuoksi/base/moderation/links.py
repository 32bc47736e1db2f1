"""How comments are moderated; the apps above say the same of their own things."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.moderation.registry import Part, moderated
from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person
from vuoksi.base.talk import about, rules
from vuoksi.base.talk.models import Comment


def address(comment: Comment) -> str:
    """Give the place of a comment; the first page when its thing has none."""
    thing: Any = comment.thing
    found = about.about(thing) if thing is not None else None
    return f"{found.url if found else '/'}#comment-{comment.pk}"


def may_read(user: Person, comment: Comment) -> bool:
    return comment.thing is not None and rules.may_read(user, comment.thing)


def sent_by(author: User | None, _address: str) -> "QuerySet[Any]":
    return Comment.objects.filter(author=author) if author else Comment.objects.none()


def thread_of(comment: Comment) -> Iterable[Model]:
    """What the comment is about, and what was said before it in the same thread."""
    first = comment.reply_to
    if first is not None:
        yield first
        yield from first.replies.filter(written_at__lt=comment.written_at).order_by("written_at")


def shown(comment: Comment, at: datetime) -> None:
    about.tell_written(comment=comment, at=at)


moderated(
    Comment,
    _("comment"),
    parts=lambda comment: [Part(comment, "text")],
    url=address,
    may_read=may_read,
    authors=lambda comment: [comment.author] if comment.author.is_active else [],
    sent_by=sent_by,
    sent_at="written_at",
    around=thread_of,
    when_shown=shown,
)
