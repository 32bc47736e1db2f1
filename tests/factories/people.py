from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from vuoksi.base.people.models import Role, RoleGrant, User

JOINED = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"
    date_joined = JOINED

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or ():
            RoleGrant.objects.create(user=self, role=role, granted_at=JOINED)


def person_with(*roles: Role) -> User:
    return UserFactory(roles=roles)
