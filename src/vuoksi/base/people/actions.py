from datetime import datetime

from allauth.account.models import EmailAddress

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record
from vuoksi.base.people.models import Role, RoleGrant, User


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
def grant_role(*, user: User, role: Role, by: Actor, at: datetime) -> None:
    _grant, is_new = RoleGrant.objects.get_or_create(
        user=user, role=role, defaults={"granted_at": at}
    )
    if not is_new:
        return nothing_to_do()
    user.__dict__.pop("_roles", None)
    user.is_staff = user.is_staff or role in {Role.COORDINATOR, Role.ADMINISTRATOR}
    user.save(update_fields=["is_staff"])
    record(actor=by, verb="people.grant_role", thing=user, at=at, role=role)


@action
def withdraw_role(*, user: User, role: Role, by: Actor, at: datetime) -> None:
    RoleGrant.objects.filter(user=user, role=role).delete()
    user.__dict__.pop("_roles", None)
    record(actor=by, verb="people.withdraw_role", thing=user, at=at, role=role)


@action
def edit_profile(*, user: User, name: str, language: str, at: datetime) -> None:
    user.name = name
    user.language = language
    user.save(update_fields=["name", "language"])
    record(actor=user, verb="people.edit_profile", thing=user, at=at)
