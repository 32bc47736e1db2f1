from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person, is_administrator, permission, predicate
from vuoksi.base.runs.models import Run
from vuoksi.lib.transitions import Machine, Transition

RUN = Machine(
    "run",
    Run.Status.WAITING,
    (
        Transition("begin", frozenset({Run.Status.WAITING}), Run.Status.RUNNING),
        Transition("finish", frozenset({Run.Status.RUNNING}), Run.Status.DONE),
        Transition(
            "cancel", frozenset({Run.Status.WAITING, Run.Status.RUNNING}), Run.Status.CANCELLED
        ),
        Transition("fail", frozenset({Run.Status.WAITING, Run.Status.RUNNING}), Run.Status.FAILED),
    ),
)
ENDED = (Run.Status.DONE, Run.Status.CANCELLED, Run.Status.FAILED)


@predicate
def is_owner(user: Person, run: Run) -> bool:
    return user.is_authenticated and run.owner_id == user.pk


may_read_run, check_read_run = permission(
    "runs.read_run",
    is_owner | is_administrator,
    reason=_("Only the person who started a computation can see it."),
)
may_cancel_run, check_cancel_run = permission(
    "runs.cancel_run",
    is_owner | is_administrator,
    reason=_("Only the person who started a computation can stop it."),
)
