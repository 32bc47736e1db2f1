"""What takes long or is started by the clock: the file of everything, erasures that are due, what is kept no longer."""

import logging
import tempfile
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuoksi.base.privacy import actions, queries
from vuoksi.base.runs.kinds import CannotRun, Progress, Result, Stop, run_kind
from vuoksi.base.runs.models import Run
from vuoksi.base.runs.ticks import every_tick

logger = logging.getLogger(__name__)

# What is larger than this while it is made goes to the disk.
IN_MEMORY_BYTES = 8 * 1024 * 1024


@run_kind(
    actions.KIND,
    "1",
    label=_("Everything about me, in one file"),
    result_url=lambda run: reverse("privacy:data"),
)
def make_export(run: Run, stop: Stop, progress: Progress) -> Result:
    export = queries.export_of_run(run)
    if export is None or not export.user.is_active:
        raise CannotRun(gettext("The account is gone."))
    with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as content:
        rows = queries.write_archive(export.user, content, progress)
        if stop():
            return {"rows": 0}
        content.seek(0)
        actions.keep_export(export=export, content=content, at=timezone.now())
    return {"rows": rows}


@every_tick
def erase_who_is_due(at: datetime) -> int:
    """Erase each person by themselves: one that fails does not keep the others waiting, and is tried again."""
    done = 0
    for erasure in queries.due_erasures(at):
        try:
            actions.erase(erasure=erasure, at=at)
            done += 1
        except Exception:
            logger.exception("the erasure %s failed", erasure.pk)
    return done


@every_tick
def keep_no_longer(at: datetime) -> None:
    actions.keep_no_longer(at=at)
