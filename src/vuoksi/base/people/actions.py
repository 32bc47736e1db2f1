from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record
from vuoksi.base.people.models import ApiToken, Role, RoleGrant, User
from vuoksi.base.people.queries import SHOWN_OF_SECRET, digest_of

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
