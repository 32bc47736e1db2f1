from collections.abc import Sequence
from datetime import datetime

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.people.models import User
from vuoksi.loop.juries import queries, rules
from vuoksi.loop.juries.models import Juror, Panel, Placing
from vuoksi.loop.juries.refusals import OrderIncomplete


@action
def place_finalists(*, panel: Panel, order: Sequence[int], by: User, at: datetime) -> None:
    """Put the finalists in an order: their keys, the best first. A later order replaces the earlier.

    A juror leaves out those with which there is a conflict of interest. Raises OrderIncomplete.
    """
    panel = queries.held(panel)
    rules.check_place(by, panel)
    juror = Juror.objects.select_related("panel").get(panel=panel, user=by)
    finalists = {row.pk for row in queries.finalists_for(juror)}
    if set(order) != finalists or len(order) != len(finalists):
        raise OrderIncomplete
    earlier = list(juror.placings.order_by("place").values_list("entry_id", flat=True))
    if earlier == list(order):
        return nothing_to_do()
    juror.placings.all().delete()
    Placing.objects.bulk_create(
        Placing(juror=juror, entry_id=entry, place=place)
        for place, entry in enumerate(order, start=1)
    )
    record(actor=by, verb="juries.place_finalists", thing=panel, at=at)
