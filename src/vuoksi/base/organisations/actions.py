from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record
from vuoksi.base.organisations.models import Membership, Organisation
from vuoksi.base.people.actions import grant_role
from vuoksi.base.people.models import Role, User


@action
def create_organisation(
    *, slug: str, name: str, kind: str, by: Actor, at: datetime, **more: Any
) -> Organisation:
    organisation = Organisation.objects.create(slug=slug, name=name, kind=kind, **more)
    record(actor=by, verb="organisations.create_organisation", thing=organisation, at=at)
    return organisation


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
