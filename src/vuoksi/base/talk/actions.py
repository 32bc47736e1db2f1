"""Writes about a thing. `about.py` knows who may talk about it; a thing that is not there has its own door and rules."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.people.models import User
from vuoksi.base.talk import about, queries, rules
from vuoksi.base.talk.models import Comment, Follow, Support
from vuoksi.base.texts.models import LEFT, Translation, Visibility


class TooManyComments(Exception):
    """The person has written `limit` comments within `minutes`: a pause is asked for."""

    def __init__(self, limit: int, minutes: int) -> None:
        super().__init__(f"more than {limit} comments in {minutes} minutes")
        self.limit = limit
        self.minutes = minutes


class WrongReply(ValueError):
    """The comment that is answered is about something else, or was hidden."""


@action
def join_discussion(
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
    """Write a comment at the common door, and let those hear of it who should.

    Raises NotAllowed, WrongReply, TooManyComments.
    """
    # Sent twice at once, the second waits here and finds what the first has written.
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    known = Comment.objects.filter(key=key, author=author).first()
    if known is not None:
        nothing_to_do()
        return known
    comment = write_comment(
        thing=thing,
        author=author,
        text=text,
        language=language,
        key=key,
        at=at,
        anchor=anchor,
        reply_to=reply_to,
        is_official=is_official,
    )
    if comment.visibility == Visibility.SHOWN:
        about.tell_written(comment=comment, at=at)
    return comment


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
    """Add a comment; the same `key` twice is the same comment. An answer to a reply stands in the same thread.

    An app with its own door calls this and tells whom it wants; others go through `join_discussion`. A comment that
    raises a doubt is kept and held: it shows, and is told of, when somebody has looked at it.
    Raises NotAllowed, WrongReply, TooManyComments.
    """
    rules.check_comment(author, thing)
    if is_official and about.about(thing) is not None:
        rules.check_answer(author, thing)
    if reply_to is not None:
        reply_to = _thread(reply_to, thing)
    # Whoever answers for the city may have many to answer.
    if not is_official:
        _check_flood(author, key, at)
    doubt = "" if is_official else about.doubt_about(author=author, text=text, at=at)
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
            "visibility": Visibility.HELD if doubt else Visibility.SHOWN,
        },
    )
    if not is_new:
        nothing_to_do()
        return comment
    record(actor=author, verb="talk.write_comment", thing=thing, at=at, comment=comment.pk)
    if doubt:
        about.tell_held(comment=comment, why=doubt, at=at)
    return comment


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


def _thread(reply_to: Comment, thing: Model) -> Comment:
    first = reply_to.reply_to or reply_to
    is_same = Comment.objects.filter(pk=first.pk, **_about(thing)).exists()
    are_shown = {reply_to.visibility, first.visibility} == {Visibility.SHOWN}
    if not is_same or not are_shown:
        raise WrongReply(f"comment {reply_to.pk} cannot be answered here")
    return first


def _check_flood(author: User, key: UUID, at: datetime) -> None:
    since = at - timedelta(minutes=rules.FLOOD_MINUTES)
    if queries.comments_since(author, since, but=key) >= rules.FLOOD_COMMENTS:
        raise TooManyComments(rules.FLOOD_COMMENTS, rules.FLOOD_MINUTES)


def _record_if(changed: bool, user: User, verb: str, thing: Model, at: datetime) -> None:
    if changed:
        record(actor=user, verb=verb, thing=thing, at=at)
    else:
        nothing_to_do()


def _about(thing: Model) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(thing), "object_id": str(thing.pk)}


@action
def forget_person(*, user: User, keep_texts: bool, at: datetime) -> None:
    """Let go of what a person follows and, unless they are kept, of the words of their comments.

    Supports stay, as a number without a name; official answers stay, for they are the city's.
    """
    Follow.objects.filter(user=user).delete()
    mine = Comment.objects.filter(author=user, is_official=False)
    # What was held never showed, so nobody misses it.
    gone = mine.filter(visibility=Visibility.HELD) if keep_texts else mine
    keys = [str(key) for key in gone.values_list("pk", flat=True)]
    Translation.objects.filter(
        content_type=ContentType.objects.get_for_model(Comment), object_id__in=keys
    ).delete()
    gone.update(text="", visibility=Visibility.REMOVED, hidden_at=at, hidden_reason=LEFT)
    record(actor=None, verb="talk.forget_person", thing=user, at=at, kept=keep_texts)
