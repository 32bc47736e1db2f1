from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Column, Filter, Table
from vuoksi.base.texts.queries import attach
from vuoksi.loop.decisions.models import Decision

DECISIONS = Table(
    "decisions",
    _("Decisions"),
    columns=(
        Column("decided_on", _("Decided"), lambda row: row.decided_on, sort="decided_on"),
        Column("title", _("Decision"), lambda row: row.title, sort="title"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column(
            "experiment",
            _("Experiment"),
            lambda row: row.experiment.title,
            sort="experiment__title",
        ),
        Column("decided_by", _("Decided by"), lambda row: row.decided_by),
        Column("action", _("Strategy action"), lambda row: row.action.title if row.action else ""),
        Column("state", _("State"), lambda row: row.get_state_display()),
        Column("url", _("Address"), lambda row: row.get_absolute_url()),
    ),
    filters=(
        Filter(
            "kind",
            _("Kind"),
            lambda: list(Decision.Kind.choices),
            lambda rows, kind: rows.filter(kind=kind),
        ),
        Filter(
            "state",
            _("State"),
            lambda: [
                (state.value, state.label)
                for state in (Decision.State.PUBLISHED, Decision.State.REPLACED)
            ],
            lambda rows, state: rows.filter(state=state),
        ),
    ),
    search=("title", "reasons", "experiment__title"),
    default_sort="-decided_on",
    prepare=attach,
)
