from datetime import datetime

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.loop.calls import kinds, queries, rules
from vuoksi.loop.calls.models import Answer, Entry, Share


@action
def decide_share(
    *,
    entry: Entry,
    city: Organisation,
    outcome: str,
    amount_eur: int,
    text: str,
    language: str,
    by: User,
    at: datetime,
) -> Share:
    """Say what one city of a joint call does with an entry, and with how much; the other cities hear of it."""
    rules.check_decide_share(by, rules.Part(entry, city))
    wanted = {
        "outcome": Answer.Outcome(outcome),
        "amount_eur": amount_eur if outcome == Answer.Outcome.ACCEPTED else 0,
        "text": text,
        "language": language,
    }
    known = Share.objects.select_for_update().filter(entry=entry, organisation=city).first()
    if known is not None and all(getattr(known, name) == value for name, value in wanted.items()):
        nothing_to_do()
        return known
    share, _is_new = Share.objects.update_or_create(
        entry=entry, organisation=city, defaults={**wanted, "by": by, "at": at}
    )
    record(
        actor=by,
        verb="calls.decide_share",
        thing=entry,
        at=at,
        city=city.slug,
        outcome=share.outcome,
        amount_eur=share.amount_eur,
    )
    _tell_other_cities(entry, city, by, at)
    return share


def _tell_other_cities(entry: Entry, city: Organisation, by: User, at: datetime) -> None:
    others = [other.pk for other in queries.cities_of(entry.call) if other != city]
    people = User.objects.filter(
        memberships__organisation__in=others, role_grants__role__in=["coordinator", "reviewer"]
    ).distinct()
    tell(people=people, kind=kinds.SHARE_DECIDED, thing=entry, by=by, at=at)
