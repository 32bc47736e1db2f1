"""`vuoksi worker`: do the work that waits in the queue, on the database or on Redis as the settings say."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Do the long computations that people asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if settings.REDIS_URL:
            call_command("rqworker", "default", burst=once, job_class="django_tasks_rq.Job")
        else:
            call_command("db_worker", batch=once, interval=1, reload=False, startup_delay=not once)
