"""What long computations keep about people."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "runs.Run",
    _("Computations that I asked for"),
    fields=("owner",),
    columns=(
        "kind",
        "engine_version",
        "seed",
        "limits",
        "problem",
        "status",
        "result",
        "created_at",
        "ended_at",
    ),
)
