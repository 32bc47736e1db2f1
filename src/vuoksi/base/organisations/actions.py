from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.organisations.models import Membership, Organisation
from vuoksi.base.people.actions import grant_role, withdraw_role
from vuoksi.base.people.models import Role, User


@action
def create_organisation(
    *, slug: str, name: str, kind: str, by: Actor, at: datetime, **more: Any
) -> Organisation:
    organisation = Organisation.objects.create(slug=slug, name=name, kind=kind, **more)
    record(actor=by, verb="organisations.create_organisation", thing=organisation, at=at)
    return organisation


@action
def edit_organisation(
    *, organisation: Organisation, version: int, by: Actor, at: datetime, **changes: Any
) -> None:
    """Change an organisation; raises EditedMeanwhile when `version` is no longer the present one."""
    save_if_unchanged(organisation, version=version, **changes)
    record(
        actor=by,
        verb="organisations.edit_organisation",
        thing=organisation,
        at=at,
        fields=sorted(changes),
    )


@action
def join(
    *, organisation: Organisation, user: User, by: Actor, at: datetime, title: str = ""
) -> Membership:
    """Make `user` a member; a member of a company has the company's role too."""
    membership, is_new = Membership.objects.get_or_create(
        organisation=organisation, user=user, defaults={"title": title, "since": at}
    )
    if not is_new:
        nothing_to_do()
        return membership
    record(actor=by, verb="organisations.join", thing=organisation, at=at, user=user.pk)
    if organisation.kind == Organisation.Kind.COMPANY:
        grant_role(user=user, role=Role.COMPANY, by=by, at=at)
    return membership


@action
def leave(*, organisation: Organisation, user: User, by: Actor, at: datetime) -> None:
    """End a membership; who is left without any company loses the company's role."""
    count, _models = Membership.objects.filter(organisation=organisation, user=user).delete()
    if not count:
        return nothing_to_do()
    record(actor=by, verb="organisations.leave", thing=organisation, at=at, user=user.pk)
    if not user.memberships.filter(organisation__kind=Organisation.Kind.COMPANY).exists():
        withdraw_role(user=user, role=Role.COMPANY, by=by, at=at)


@action
def forget_person(*, user: User, keep_texts: bool, at: datetime) -> None:
    """End all that a person did for organisations."""
    Membership.objects.filter(user=user).delete()
    record(actor=None, verb="organisations.forget_person", thing=user, at=at)
