from datetime import datetime

from vuoksi.base.audit.actions import action, record
from vuoksi.base.people.models import User
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.juries import queries, rules
from vuoksi.loop.juries.models import Panel, Remark


@action
def make_remark(*, panel: Panel, entry: Entry, text: str, by: User, at: datetime) -> Remark:
    """Say something of an entry to the panel while its scores are locked."""
    panel = queries.held(panel)
    rules.check_remark(by, rules.Case(panel, entry))
    remark = Remark.objects.create(panel=panel, entry=entry, by=by, text=text, at=at)
    record(actor=by, verb="juries.make_remark", thing=panel, at=at, entry=entry.pk)
    return remark
