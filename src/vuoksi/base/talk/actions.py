"""Writes about a thing. Who may comment on which thing is the thing's own rule: its app checks before it calls."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.people.models import User
from vuoksi.base.talk import rules
from vuoksi.base.talk.models import Comment, Follow, Support


@action
def write_comment(
    *,
    thing: Model,
    author: User,
    text: str,
    language: str,
    key: UUID,
    at: datetime,
    anchor: str = "",
    reply_to: Comment | None = None,
    is_official: bool = False,
) -> Comment:
    """Add a comment; the same `key` twice is the same comment."""
    rules.check_comment(author, thing)
    comment, is_new = Comment.objects.get_or_create(
        key=key,
        defaults={
            **_about(thing),
            "author": author,
            "text": text,
            "language": language,
            "written_at": at,
            "anchor": anchor,
            "reply_to": reply_to,
            "is_official": is_official,
        },
    )
    if not is_new:
        nothing_to_do()
        return comment
    record(actor=author, verb="talk.write_comment", thing=thing, at=at, comment=comment.pk)
    return comment


@action
def hide_comment(*, comment: Comment, by: User, reason: str, at: datetime) -> None:
    """Take a comment out of sight; its place, time and the reason stay public."""
    rules.check_hide_comment(by, comment)
    comment.hidden_at, comment.hidden_reason = at, reason
    comment.save(update_fields=["hidden_at", "hidden_reason"])
    record(actor=by, verb="talk.hide_comment", thing=comment, at=at, reason=reason)


@action
def support(*, thing: Model, user: User, at: datetime) -> None:
    rules.check_support(user, thing)
    _row, is_new = Support.objects.get_or_create(**_about(thing), user=user, defaults={"at": at})
    _record_if(is_new, user, "talk.support", thing, at)


@action
def withdraw_support(*, thing: Model, user: User, at: datetime) -> None:
    deleted, _kinds = Support.objects.filter(**_about(thing), user=user).delete()
    _record_if(bool(deleted), user, "talk.withdraw_support", thing, at)


@action
def follow(*, thing: Model, user: User, at: datetime) -> None:
    rules.check_follow(user, thing)
    _row, is_new = Follow.objects.get_or_create(**_about(thing), user=user, defaults={"at": at})
    _record_if(is_new, user, "talk.follow", thing, at)


@action
def unfollow(*, thing: Model, user: User, at: datetime) -> None:
    deleted, _kinds = Follow.objects.filter(**_about(thing), user=user).delete()
    _record_if(bool(deleted), user, "talk.unfollow", thing, at)


def _record_if(changed: bool, user: User, verb: str, thing: Model, at: datetime) -> None:
    if changed:
        record(actor=user, verb=verb, thing=thing, at=at)
    else:
        nothing_to_do()


def _about(thing: Model) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(thing), "object_id": str(thing.pk)}
