"""What the talk templates ask: threads, the reader's standing, addresses. They work in an `{% include … only %}` too."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.shortcuts import resolve_url
from django.template import Context
from django.urls import reverse
from django.utils.http import urlencode

from vuoksi.base.people.rules import Person
from vuoksi.base.talk import queries, rules
from vuoksi.base.talk.about import about
from vuoksi.base.talk.forms import CommentForm
from vuoksi.base.texts.models import Visibility

register = template.Library()


@dataclass(frozen=True, slots=True)
class Discussion:
    """All that the comments of one thing need to be shown."""

    threads: list[queries.Thread]
    count: int
    form: CommentForm
    post_url: str
    login_url: str
    is_signed_in: bool
    may_comment: bool
    may_hide: bool


@register.simple_tag(takes_context=True)
def discussion(context: Context, thing: Model, comments: Any = None) -> Discussion:
    """Give the comments on `thing` as threads, with the form; `comments` if the view has them already."""
    user = _reader(context)
    found = queries.comments_on(thing) if comments in (None, "") else comments
    may_hide = rules.may_read_hidden(user)
    rows = queries.shown_to(user, found, all_of_them=may_hide)
    return Discussion(
        threads=queries.threads(rows),
        count=sum(row.visibility == Visibility.SHOWN for row in rows),
        form=CommentForm(auto_id="comment-%s", may_answer=rules.may_answer(user, thing)),
        post_url=_address("talk:comment", thing),
        login_url=_login(thing),
        is_signed_in=user.is_authenticated,
        may_comment=rules.may_comment(user, thing),
        may_hide=may_hide,
    )


@dataclass(frozen=True, slots=True)
class Buttons:
    standing: queries.Standing
    element: str
    support_url: str
    follow_url: str
    login_url: str
    is_signed_in: bool
    may_support: bool


@register.simple_tag(takes_context=True)
def standing_buttons(context: Context, thing: Model) -> Buttons:
    user = _reader(context)
    return Buttons(
        standing=queries.standing(user, thing),
        element=f"standing-{thing._meta.label_lower.replace('.', '-')}-{thing.pk}",
        support_url=_address("talk:support", thing),
        follow_url=_address("talk:follow", thing),
        login_url=_login(thing),
        is_signed_in=user.is_authenticated,
        may_support=rules.may_support(user, thing),
    )


@dataclass(frozen=True, slots=True)
class FollowButton:
    does_follow: bool
    follow_url: str
    login_url: str
    is_signed_in: bool


@register.simple_tag(takes_context=True)
def follow_button(context: Context, thing: Model) -> FollowButton:
    """Give the one button of what is followed and not supported; without a reader it asks the database nothing."""
    user = _reader(context)
    return FollowButton(
        does_follow=queries.does_follow(user, thing),
        follow_url=_address("talk:follow", thing),
        login_url=_login(thing),
        is_signed_in=user.is_authenticated,
    )


def _reader(context: Context) -> Person:
    request: Any = getattr(context, "request", None)
    user: Person = request.user if request is not None else AnonymousUser()
    return user


def _address(name: str, thing: Model) -> str:
    return reverse(name, args=[thing._meta.label_lower, thing.pk])


def _login(thing: Model) -> str:
    """Sign in and come back to the thing."""
    found = about(thing)
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': found.url if found else '/'})}"
