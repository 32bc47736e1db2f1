"""API tokens: how a program acts for a person.

A token belongs to a person, whose rules apply; its scopes say what of that person's rights it may use.
An endpoint that writes says `auth=TokenAuth("measurements:write")`.
"""

import secrets
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import HttpBearer

from vuoksi.base.people.actions import note_use
from vuoksi.base.people.models import ApiToken
from vuoksi.base.people.queries import token_of
from vuoksi.base.people.registry import SCOPES


def new_secret() -> str:
    """Make a token's secret; the name in front lets scanners find one that was left in public."""
    return f"vuoksi_{secrets.token_urlsafe(32)}"


class TokenAuth(HttpBearer):
    """Let in a program that shows a living token with `scope`; the request's user is then the token's person."""

    def __init__(self, scope: str) -> None:
        if scope not in SCOPES:
            raise ValueError(f"no scope is named {scope!r}")
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        at = timezone.now()  # noqa: TID251 - ninja calls this: it is the door
        found = living_token(token, at=at)
        if self.scope not in found.scopes:
            needed = gettext("This token lacks the scope “%(scope)s”.") % {"scope": self.scope}
            raise AuthorizationError(message=needed)
        note_use(token=found, at=at)
        request.user = found.user
        return found


def living_token(secret: str, *, at: datetime) -> ApiToken:
    """Give the token that `secret` opens; raises AuthenticationError that says what is wrong with it."""
    found = token_of(secret)
    if found is None or not found.user.is_active:
        raise AuthenticationError(message=gettext("This token is not known."))
    if found.revoked_at is not None:
        raise AuthenticationError(message=gettext("This token was revoked."))
    if found.expires_at <= at:
        day = date_format(timezone.localtime(found.expires_at), "SHORT_DATE_FORMAT")
        raise AuthenticationError(message=gettext("This token expired on %(day)s.") % {"day": day})
    return found
