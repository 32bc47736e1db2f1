"""Many clients ask for the same units in the same moment, each by a request of its own; print what each was told."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import django

ASKERS, UNITS = 8, 3


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from tests.factories.experiments import ExperimentFactory
    from tests.factories.people import person_with
    from tests.factories.testbeds import OfferingFactory
    from vuoksi.base.people.models import Role
    from vuoksi.loop.experiments.testbeds.models import BookedSlot

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    offering = OfferingFactory(units=UNITS, weekdays="1234567")
    experiment = ExperimentFactory()
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    clients = []
    for _ in range(ASKERS):
        client = Client(SERVER_NAME="localhost")
        client.force_login(
            person_with(Role.STAFF), backend="django.contrib.auth.backends.ModelBackend"
        )
        clients.append(client)
    barrier = Barrier(ASKERS)

    def ask(client: Client) -> int:
        data = {
            "key": uuid4(),
            "experiment": experiment.pk,
            "organisation": experiment.owner_id,
            "first_day": day,
            "last_day": day,
            "units": 1,
            "purpose": "x",
        }
        try:
            barrier.wait(30)
            return client.post(f"{offering.get_absolute_url()}book/", data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(ASKERS) as pool:
        answers = sorted(pool.map(ask, clients))
    held = BookedSlot.objects.order_by("unit_number").values_list("unit_number", flat=True)
    json.dump({"answers": answers, "held": list(held)}, sys.stdout)


if __name__ == "__main__":
    main()
