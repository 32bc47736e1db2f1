"""Ask for a run, wait for its end, print what came out: what the web process and its reader would do."""

import json
import sys
import time

import django

LIMIT_S = 60


def main() -> None:
    django.setup()
    from django.utils import timezone

    from vuoksi.base.runs.actions import start
    from vuoksi.base.runs.models import Run

    run = start(kind="counting", problem={"numbers": [2, 3]}, owner=None, at=timezone.now())
    end = time.monotonic() + LIMIT_S
    while run.status in {Run.Status.WAITING, Run.Status.RUNNING} and time.monotonic() < end:
        time.sleep(0.2)
        run.refresh_from_db()
    json.dump({"status": run.status, "result": run.result, "error": run.error}, sys.stdout)


if __name__ == "__main__":
    main()
