from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.people.models import User
from vuoksi.loop.decisions import rules
from vuoksi.loop.decisions.models import Money
from vuoksi.loop.experiments.plans.models import Experiment


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in EUR with its day and where it is written."""

    kind: str
    amount_eur: Decimal
    dated_on: date
    source: str
    note: str = ""


@action
def record_money(
    *, experiment: Experiment, amount: Amount, by: User, at: datetime, is_demo: bool = False
) -> Money:
    """Write down what was asked for, granted or spent for an experiment."""
    rules.check_record_money(by, experiment)
    return _create(experiment, amount, "", by, at, is_demo=is_demo)


@action
def take_over_money(
    *,
    experiment: Experiment,
    amount: Amount,
    key: str,
    by: User | None,
    at: datetime,
    is_demo: bool = False,
) -> Money:
    """Take an amount over from elsewhere, such as what an entry asked for (`key="entry:12"`); once for each key."""
    known = Money.objects.filter(experiment=experiment, kind=amount.kind, key=key).first()
    if known is not None:
        nothing_to_do()
        return known
    return _create(experiment, amount, key, by, at, is_demo=is_demo)


@action
def take_back_money(*, money: Money, by: User, at: datetime) -> None:
    """Take back an amount that was wrong; it stays to be seen, out of all sums."""
    rules.check_record_money(by, money.experiment)
    if money.taken_back_at is not None:
        return nothing_to_do()
    money.taken_back_at = at
    money.save(update_fields=["taken_back_at"])
    record(
        actor=by, verb="decisions.take_back_money", thing=money.experiment, at=at, money=money.pk
    )


def _create(
    experiment: Experiment,
    amount: Amount,
    key: str,
    by: User | None,
    at: datetime,
    *,
    is_demo: bool,
) -> Money:
    money = Money.objects.create(
        experiment=experiment,
        kind=amount.kind,
        amount_eur=amount.amount_eur,
        dated_on=amount.dated_on,
        source=amount.source,
        note=amount.note,
        key=key,
        recorded_by=by,
        recorded_at=at,
        is_demo=is_demo,
    )
    record(
        actor=by,
        verb="decisions.record_money",
        thing=experiment,
        at=at,
        money=money.pk,
        kind=amount.kind,
        eur=str(amount.amount_eur),
    )
    return money
