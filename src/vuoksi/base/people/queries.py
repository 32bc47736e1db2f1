from django.contrib.auth.models import AnonymousUser

from vuoksi.base.people.models import Role, User


def roles_of(user: User | AnonymousUser) -> frozenset[Role]:
    """Give the roles of a person; nobody signed in has none. Asked once a request."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return frozenset()
    known: frozenset[Role] | None = user.__dict__.get("_roles")
    if known is None:
        granted = user.role_grants.values_list("role", flat=True)
        known = frozenset({Role.RESIDENT, *(Role(role) for role in granted)})
        user.__dict__["_roles"] = known
    return known


def person_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()
