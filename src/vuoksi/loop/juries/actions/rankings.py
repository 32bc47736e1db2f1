from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, record
from vuoksi.base.runs.models import Run
from vuoksi.loop.juries import queries
from vuoksi.loop.juries.models import Panel, Ranking


@action
def keep_ranking(
    *, panel: Panel, run: Run, result: dict[str, Any], digest: str, at: datetime
) -> Ranking:
    """Keep what the engine made of what stood when the run was asked for (`digest`)."""
    rules = queries.rule_sets_of(panel)[0]
    ranking = Ranking.objects.create(
        panel=panel, run=run, rules=rules, result=result, digest=digest, at=at
    )
    record(actor=run.owner, verb="juries.keep_ranking", thing=panel, at=at, run=run.pk)
    return ranking
