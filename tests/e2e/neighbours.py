"""Give the city its neighbours: people with accounts of their own, made by the actions that make accounts."""

import django


def main() -> None:
    django.setup()
    from django.utils import timezone

    from tests.e2e.city import NEIGHBOURS
    from vuoksi.base.organisations.actions import join
    from vuoksi.base.organisations.models import Membership
    from vuoksi.base.people.actions import create_person, grant_role
    from vuoksi.base.people.models import Role
    from vuoksi.site.demo.people import PASSWORD

    at = timezone.now()
    people = {
        name: create_person(
            email=f"{name}@neighbours.example",
            name=name.title(),
            password=PASSWORD,
            language="en",
            at=at,
        )
        for name in NEIGHBOURS
    }
    grant_role(user=people["moderator"], role=Role.MODERATOR, by=None, at=at)
    # The company that signs and books in the demo.
    company = Membership.objects.filter(user__email__endswith="@stories.example").first()
    join(organisation=company.organisation, user=people["partner"], by=None, at=at)


if __name__ == "__main__":
    main()
