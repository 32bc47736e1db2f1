from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person
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
    said = (one.text for one in row.responses.all() if one.attachment_id is None)
    return " ".join([*queries.names_of(row), row.award, *said])


def _with_answers(user: Person) -> QuerySet[Entry]:
    """All that everybody may read, with what `_entry_words` needs: the index is made without a query an idea."""
    return queries.public_entries(user).prefetch_related("responses")


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
    queryset=_with_answers,
    fields=("title", "summary"),
    url=Entry.get_absolute_url,
    text=_entry_words,
)
comparable("entries", _("Idea"), notes=_answers)
