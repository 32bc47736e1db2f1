from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.base.texts.queries import as_read, attach, text_of
from vuoksi.loop.experiments.participants.models import Participant, Recruitment
from vuoksi.loop.experiments.participants.words import PARTICIPANT_TONES, RECRUITMENT_TONES


def prepare_recruitments(rows: list[Any]) -> list[Any]:
    attach(rows)
    for row in rows:
        row.tone = RECRUITMENT_TONES[Recruitment.State(row.state)]
    return rows


def prepare_participants(rows: list[Any]) -> list[Any]:
    for row in rows:
        row.tone = PARTICIPANT_TONES[Participant.State(row.state)]
    return rows


def _states() -> Choices:
    return [(one.value, one.label) for one in (Recruitment.State.OPEN, Recruitment.State.CLOSED)]


def _participant_states() -> Choices:
    return list(Participant.State.choices)


def _by_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(state=state)


RECRUITMENTS = Table(
    "recruitments",
    _("Take part"),
    columns=(
        Column("title", _("Title"), text_of("title"), sort="title"),
        Column("seeking", _("Who is sought"), text_of("seeking")),
        Column("duration", _("How long it takes"), text_of("duration")),
        Column("state", _("State"), lambda row: row.get_state_display(), sort="state"),
        Column("opened", _("Opened"), lambda row: row.opened_at, sort="opened_at"),
        Column("closes", _("Last day"), lambda row: row.closes_on, sort="closes_on"),
        Column("url", _("Address"), lambda row: settings.SITE_URL + row.get_absolute_url()),
    ),
    filters=(Filter("state", _("State"), _states, _by_state),),
    search=("title", "seeking", "tasks"),
    reading=as_read("title", "seeking", "tasks"),
    page_size=12,
    default_sort="-opened",
    prepare=prepare_recruitments,
)


def participants_table(recruitment: Recruitment) -> Table:
    """Codes and where they stand; who they are is not here."""
    return Table(
        f"participants-{recruitment.experiment.slug}",
        _("Participants"),
        columns=(
            Column("code", _("Code"), lambda row: row.code, sort="code"),
            Column(
                "state",
                _("State"),
                lambda row: row.get_state_display(),
                sort="state",
                template="participants/cells/state.html",
            ),
            Column("joined", _("Came"), lambda row: row.joined_at, sort="joined_at"),
            Column("changed", _("State since"), lambda row: row.changed_at, sort="changed_at"),
            Column(
                "steps",
                _("What can be done"),
                lambda row: "",
                template="participants/cells/steps.html",
            ),
        ),
        filters=(Filter("state", _("State"), _participant_states, _by_state),),
        search=("code",),
        page_size=50,
        default_sort="joined",
        prepare=prepare_participants,
    )
