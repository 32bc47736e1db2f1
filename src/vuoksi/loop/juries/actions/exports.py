from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, record
from vuoksi.base.people.models import User
from vuoksi.loop.juries import queries, rules
from vuoksi.loop.juries.models import Panel

HEADER = ("entry", "title", "category", "juror", "criterion", "weight", "points", "of", "sent_at")


@action
def export_scores(*, panel: Panel, by: User, at: datetime) -> list[tuple[Any, ...]]:
    """Give every score with who gave it, once they are locked. That it was taken is on record."""
    rules.check_export_scores(by, panel)
    rows = [
        (
            score.review.entry_id,
            score.review.entry.title,
            panel.category.slug if panel.category else "",
            score.review.juror.user.name,
            score.criterion.label,
            score.criterion.weight,
            score.value,
            len(queries.scale(score.criterion)),
            score.review.sent_at,
        )
        for score in queries.every_score(panel)
    ]
    record(actor=by, verb="juries.export_scores", thing=panel, at=at, rows=len(rows))
    return rows
