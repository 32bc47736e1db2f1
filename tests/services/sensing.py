"""Make an experiment with one datastream and a token; print what a client needs. Or print what has come to it.

Or move what has come, whole, or until a step at which this process is killed: `die begun`.
"""

import json
import os
import signal
import sys
from contextlib import suppress
from functools import partial

import django


def main() -> None:
    django.setup()
    jobs = {"make": make, "count": count, "move": move, "die": partial(die, *sys.argv[2:])}
    jobs[sys.argv[1]]()


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


def move() -> None:
    from django.utils import timezone

    from vuoksi.base.series.tasks import tend_stores

    tend_stores(timezone.now())


def die(step: str) -> None:
    """Move on, but be gone between two instructions: when the move was begun, written, synced, or ended."""
    from vuoksi.base.series import actions, store

    place, name, is_done_first = {
        "begun": (store, "append", False),
        "written": (store, "append", True),
        "synced": (actions, "end_move", False),
        "ended": (actions, "end_move", True),
    }[step]
    whole = getattr(place, name)

    def deadly(*args: object, **named: object) -> None:
        if is_done_first:
            whole(*args, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(place, name, deadly)
    for _try in range(100):
        # What one tick cannot do the next one does.
        with suppress(OSError):
            move()


if __name__ == "__main__":
    main()
