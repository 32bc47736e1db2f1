"""Make an experiment with one datastream and a token; print what a client needs. Or print what has come to it."""

import json
import sys

import django


def main() -> None:
    django.setup()
    {"make": make, "count": count}[sys.argv[1]]()


def make() -> None:
    from django.utils import timezone

    from tests.factories.experiments import ExperimentFactory
    from tests.factories.people import person_with
    from tests.factories.sensing import DatastreamFactory
    from vuoksi.base.people.actions import create_token
    from vuoksi.base.people.models import Role
    from vuoksi.base.people.tokens import new_secret

    at, secret = timezone.now(), new_secret()
    create_token(
        user=person_with(Role.STAFF), name="pole", scopes=["measurements:write", "read"],
        secret=secret, expires_at=at.replace(year=at.year + 1), at=at,
    )  # fmt: skip
    experiment = ExperimentFactory(state="running")
    stream = DatastreamFactory(experiment=experiment)
    json.dump({"secret": secret, "stream": stream.pk, "experiment": experiment.slug}, sys.stdout)


def count() -> None:
    from django.db.models import Sum

    from vuoksi.base.series import queries
    from vuoksi.base.series.models import Batch, Parcel
    from vuoksi.loop.experiments.measurements.series import OBSERVATIONS

    rows = queries.read(OBSERVATIONS, columns=["result"]).column("result").to_pylist()
    added = Batch.objects.aggregate(sum=Sum("added"))["sum"]
    json.dump({"rows": rows, "added": added, "waiting": Parcel.objects.count()}, sys.stdout)


if __name__ == "__main__":
    main()
