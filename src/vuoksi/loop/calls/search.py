from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from vuoksi.base.search.registry import searchable
from vuoksi.loop.calls import queries
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.calls.registry import Note, comparable

_TONES = {Entry.State.ACCEPTED: "good", Entry.State.SUBMITTED: "info"}


def _answers(rows: Sequence[Entry]) -> dict[int, Note]:
    """What the city said to each idea."""
    return {
        row.pk: Note(row.get_state_display(), _TONES.get(Entry.State(row.state), "neutral"))
        for row in rows
    }


def _entry_words(row: Entry) -> str:
    """An idea is also found by what it answers to the call's questions and by the names shown with it."""
    said = row.responses.values_list("text", flat=True)
    return " ".join([*queries.names_of(row), row.award, *said])


searchable(
    "calls",
    _("Calls"),
    queryset=queries.public_calls,
    fields=("title", "summary", "need", "offer"),
    url=Call.get_absolute_url,
    text=lambda row: row.owner.name if row.owner else "",
)
searchable(
    "entries",
    _("Ideas"),
    queryset=queries.public_entries,
    fields=("title", "summary"),
    url=Entry.get_absolute_url,
    text=_entry_words,
)
comparable("entries", _("Idea"), notes=_answers)
