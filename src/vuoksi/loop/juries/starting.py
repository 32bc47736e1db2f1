"""The panels that come with a call started from a template."""

from datetime import datetime, timedelta

from vuoksi.base.people.models import User
from vuoksi.loop.calls.actions import add_languages
from vuoksi.loop.calls.models import Call, Category
from vuoksi.loop.calls.registry import when_started
from vuoksi.loop.juries import actions, queries
from vuoksi.loop.juries.models import Panel
from vuoksi.loop.juries.recipes import BENCHES, Bench


@when_started
def make_panels(*, call: Call, by: User, at: datetime) -> None:
    """Make the panels of the call's kind as drafts, with their criteria; jurors are invited later."""
    ends = call.phases.get(kind="entry").closes_at
    position = 0
    for bench in BENCHES.get(call.kind, ()):
        categories = list(call.categories.order_by("position")) if bench.each_category else [None]
        for category in categories:
            _panel(call, bench, category, position, ends + timedelta(days=bench.days), by, at)
            position += 1


def _panel(
    call: Call,
    bench: Bench,
    category: Category | None,
    position: int,
    due_at: datetime,
    by: User,
    at: datetime,
) -> Panel:
    own = call.language
    panel = actions.create_panel(
        call=call,
        category=category,
        position=position,
        title=bench.title[own],
        guidance=bench.guidance[own],
        way=bench.way,
        places=bench.places,
        reviews_wanted=bench.reviews_wanted,
        due_at=due_at,
        language=own,
        by=by,
        at=at,
    )
    words_of = {"title": bench.title, "guidance": bench.guidance}
    add_languages(thing=panel, texts=words_of, by=by, at=at)
    if not bench.criteria:
        return panel
    words = [
        actions.CriterionWords(
            label=one.label[own],
            anchors=one.anchors[own],
            weight=one.weight,
            hint=one.hint[own] if one.hint else "",
        )
        for one in bench.criteria
    ]
    actions.set_criteria(panel=panel, criteria=words, version=panel.version, by=by, at=at)
    for row, one in zip(queries.criteria_of(panel), bench.criteria, strict=True):
        texts = {"label": one.label, "hint": one.hint, "anchors": one.anchors}
        add_languages(thing=row, texts=texts, by=by, at=at)
    return panel
