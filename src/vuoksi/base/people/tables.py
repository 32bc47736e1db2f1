from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.columns import Choices, Column, Filter, Table
from vuoksi.base.people.models import Role, User


def role_names(user: User) -> str:
    return ", ".join(grant.get_role_display() for grant in user.role_grants.all())


def _roles() -> Choices:
    return [(role.value, role.label) for role in Role if role is not Role.RESIDENT]


def _with_role(people: QuerySet[Any], role: str) -> QuerySet[Any]:
    return people.filter(role_grants__role=role)


PEOPLE = Table(
    "people",
    _("People"),
    columns=(
        Column("name", _("Name"), lambda user: user.name, sort="name", template="people/cell.html"),
        Column("email", _("E-mail address"), lambda user: user.email, sort="email"),
        Column("roles", _("Roles"), role_names),
        Column("joined", _("Joined"), lambda user: user.date_joined.date(), sort="date_joined"),
    ),
    filters=(Filter("role", _("Role"), _roles, _with_role),),
    search=("name", "email"),
)
