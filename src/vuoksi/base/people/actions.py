from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record
from vuoksi.base.people.models import ApiToken, Role, RoleGrant, User
from vuoksi.base.people.queries import ERASED_DOMAIN, SHOWN_OF_SECRET, digest_of

# The last use of a token is kept to the minute: an upload of a thousand rows is not a thousand writes.
USE_NOTED_EVERY = timedelta(minutes=1)
OPENS_ADMIN = (Role.COORDINATOR, Role.ADMINISTRATOR)


@action
def create_person(
    *, email: str, name: str, password: str | None, language: str, at: datetime, by: Actor = None
) -> User:
    """Make an account whose e-mail address is already known to be right (demo, staff, single sign-on)."""
    user = User(
        email=User.objects.normalize_email(email), name=name, language=language, date_joined=at
    )
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record(actor=by, verb="people.create_person", thing=user, at=at)
    return user


@action
def sign_up(*, user: User, at: datetime) -> None:
    """Keep a new account that its owner made; the e-mail address is confirmed later."""
    user.date_joined = at
    user.save()
    record(actor=user, verb="people.sign_up", thing=user, at=at)


@action
def grant_role(*, user: User, role: Role, by: Actor, at: datetime) -> None:
    _grant, is_new = RoleGrant.objects.get_or_create(
        user=user, role=role, defaults={"granted_at": at}
    )
    if not is_new:
        return nothing_to_do()
    user.__dict__.pop("_roles", None)
    user.is_staff = user.is_staff or role in OPENS_ADMIN
    user.save(update_fields=["is_staff"])
    record(actor=by, verb="people.grant_role", thing=user, at=at, role=role)


@action
def withdraw_role(*, user: User, role: Role, by: Actor, at: datetime) -> None:
    count, _models = RoleGrant.objects.filter(user=user, role=role).delete()
    if not count:
        return nothing_to_do()
    user.__dict__.pop("_roles", None)
    user.is_staff = user.is_superuser or user.role_grants.filter(role__in=OPENS_ADMIN).exists()
    user.save(update_fields=["is_staff"])
    record(actor=by, verb="people.withdraw_role", thing=user, at=at, role=role)


@action
def edit_profile(*, user: User, name: str, language: str, at: datetime) -> None:
    user.name = name
    user.language = language
    user.save(update_fields=["name", "language"])
    record(actor=user, verb="people.edit_profile", thing=user, at=at)


@action
def create_token(
    *, user: User, name: str, scopes: Sequence[str], secret: str, expires_at: datetime, at: datetime
) -> ApiToken:
    """Let programs that know `secret` act for `user` within `scopes`; the secret itself is not kept."""
    token = ApiToken.objects.create(
        user=user,
        name=name,
        scopes=sorted(scopes),
        prefix=secret[:SHOWN_OF_SECRET],
        digest=digest_of(secret),
        created_at=at,
        expires_at=expires_at,
    )
    record(actor=user, verb="people.create_token", thing=token, at=at, scopes=token.scopes)
    return token


@action
def revoke_token(*, token: ApiToken, by: Actor, at: datetime) -> None:
    if token.revoked_at is not None:
        return nothing_to_do()
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(actor=by, verb="people.revoke_token", thing=token, at=at)


@action
def note_use(*, token: ApiToken, at: datetime) -> None:
    """Keep when a token was last used. Not an event of its own: what the program does is recorded."""
    if token.last_used_at is None or at - token.last_used_at >= USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    nothing_to_do()


@action
def forget_account(*, user: User, keep_texts: bool, at: datetime) -> None:
    """Empty an account for good. Its number stays, so that tallies, answers and the trail of acts stay whole."""
    email = user.email
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    ApiToken.objects.filter(user=user).delete()
    RoleGrant.objects.filter(user=user).delete()
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(username__iexact=email).delete()
    _end_sessions(user)
    user.email = f"{user.pk}@{ERASED_DOMAIN}"
    user.name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    record(actor=None, verb="people.forget_account", thing=user, at=at)


@action
def drop_sessions(*, days: int, at: datetime) -> int:
    """Forget sessions that ended; `days` is how long one lasts at most."""
    count, _models = Session.objects.filter(expire_date__lt=at).delete()
    nothing_to_do()
    return count


@action
def drop_sign_in_failures(*, days: int, at: datetime) -> int:
    """Forget from where people signed in, or tried to."""
    before = at - timedelta(days=days)
    count = 0
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        deleted, _models = model.objects.filter(attempt_time__lt=before).delete()
        count += deleted
    nothing_to_do()
    return count


@action
def drop_tokens(*, days: int, at: datetime) -> int:
    """Forget API tokens that have long ended."""
    before = at - timedelta(days=days)
    ended = Q(expires_at__lt=before) | Q(revoked_at__lt=before)
    count, _models = ApiToken.objects.filter(ended).delete()
    nothing_to_do()
    return count


def _end_sessions(user: User) -> None:
    """A session does not say whose it is but in its own text, so each is read."""
    mine = [
        row.pk
        for row in Session.objects.iterator()
        if row.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()
