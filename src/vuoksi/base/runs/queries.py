from django.db.models import QuerySet

from vuoksi.base.people.models import User
from vuoksi.base.runs.models import Run


def runs_of(user: User) -> QuerySet[Run]:
    """The runs that a person started, newest first; without their large problems and results."""
    return Run.objects.filter(owner=user).defer("problem", "result").order_by("-created_at", "-pk")


def is_cancel_wanted(run: Run) -> bool:
    return Run.objects.filter(pk=run.pk, is_cancel_wanted=True).exists()
