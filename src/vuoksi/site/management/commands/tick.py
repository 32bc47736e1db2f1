"""`vuoksi tick`: everything that the clock starts. Run it each minute, or once with --every."""

import logging
import os
import socket
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vuoksi.base.runs import actions
from vuoksi.base.runs.ticks import TICKS

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what is due: send digests, renew the search, end lost computations and the like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="again and again")

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        if every is not None and every <= 0:
            raise CommandError("--every needs a number of seconds above zero")
        holder = f"{socket.gethostname()[:60]}:{os.getpid()}"
        failed = tick(holder)
        while every is not None:
            time.sleep(every)
            failed = tick(holder)
        if failed:
            sys.exit(1)


def tick(holder: str) -> list[str]:
    """Call everything once, each for itself; give the names of those that failed."""
    if not actions.take_tick(holder=holder, at=timezone.now()):
        logger.warning("another tick is at work; this one does nothing")
        return []
    failed = []
    try:
        for name, function in TICKS.items():
            try:
                function(timezone.now())
            except Exception:
                # One failure must not keep the digest, or anything else, from its time.
                logger.exception("tick: %s failed", name)
                failed.append(name)
            actions.take_tick(holder=holder, at=timezone.now())
    finally:
        actions.release_tick(holder=holder)
    return failed
