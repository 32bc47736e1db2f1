"""Give the city its neighbours: residents with accounts of their own, made by the action that makes accounts."""

import django


def main() -> None:
    django.setup()
    from django.utils import timezone

    from tests.e2e.city import NEIGHBOURS
    from vuoksi.base.people.actions import create_person
    from vuoksi.site.demo.people import PASSWORD

    for name in NEIGHBOURS:
        create_person(
            email=f"{name}@neighbours.example",
            name=name.title(),
            password=PASSWORD,
            language="en",
            at=timezone.now(),
        )


if __name__ == "__main__":
    main()
