"""What accounts, signing in and the trail of acts keep about people."""

from functools import partial

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people import actions
from vuoksi.base.people.keeping import kept, not_exported, on_erasure, retention
from vuoksi.base.people.models import User

kept(
    "people.User",
    _("My account"),
    fields=("email",),
    columns=("id", "name", "email", "language", "date_joined", "last_login", "is_active"),
    rows=lambda user: User.objects.filter(pk=user.pk),
)
kept("people.RoleGrant", _("My roles"), fields=("user",), columns=("role", "granted_at"))
kept(
    "people.ApiToken",
    _("My API tokens"),
    fields=("user",),
    columns=("name", "scopes", "prefix", "created_at", "expires_at", "last_used_at", "revoked_at"),
)
kept(
    "audit.AuditEntry",
    _("What I did here"),
    fields=("actor",),
    columns=("at", "verb", "content_type__model", "object_id"),
)
kept(
    "account.EmailAddress",
    _("My e-mail addresses"),
    fields=("user", "email"),
    columns=("email", "verified", "primary"),
)
kept(
    "mfa.Authenticator",
    _("My second steps of signing in"),
    fields=("user",),
    columns=("type", "created_at", "last_used_at"),
)
kept(
    "socialaccount.SocialAccount",
    _("My sign-in through other services"),
    fields=("user",),
    columns=("provider", "uid", "last_login", "date_joined", "extra_data"),
)


def signed_in_under(model: type[Model], user: User) -> "QuerySet[Model]":
    return model._default_manager.filter(username__iexact=user.email).order_by("pk")


for table in (AccessAttempt, AccessFailureLog, AccessLog):
    kept(
        table._meta.label,
        _("Where somebody signed in, or tried to, under my address"),
        fields=("username", "ip_address"),
        columns=("attempt_time", "username", "ip_address", "user_agent"),
        rows=partial(signed_in_under, table),
    )
not_exported(
    "people.User_groups", "user", reason=_("Not used: what one may do is said by one's roles.")
)
not_exported(
    "people.User_user_permissions",
    "user",
    reason=_("Not used: what one may do is said by one's roles."),
)
not_exported(
    "admin.LogEntry", "user", reason=_("Always empty: nothing can be changed in the admin.")
)

on_erasure(actions.forget_account, order=100)

retention(
    "people.sessions",
    _("That you are signed in (the session)"),
    days=settings.SESSION_COOKIE_AGE // (24 * 3600),
    why=_("So that you need not sign in on every page."),
    purge=actions.drop_sessions,
)
retention(
    "people.sign_in_failures",
    _("From where somebody signed in or tried to: address, browser, time"),
    days=30,
    why=_("To keep guessed passwords out, and to see afterwards whether somebody got in."),
    purge=actions.drop_sign_in_failures,
)
retention(
    "people.tokens",
    _("API tokens that have ended or were revoked"),
    days=90,
    why=_("So that their owner can see what a program could do, and until when."),
    purge=actions.drop_tokens,
)
