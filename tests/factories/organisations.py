import factory
from factory.django import DjangoModelFactory

from tests.factories.people import JOINED, UserFactory
from vuoksi.base.organisations.models import Membership, Organisation


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = Organisation.Kind.CITY_UNIT


class MembershipFactory(DjangoModelFactory):
    """Somebody who acts for an organisation."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    since = JOINED
