from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.people.models import User
from vuoksi.base.series import actions as series
from vuoksi.loop.experiments.measurements import queries, rules
from vuoksi.loop.experiments.measurements.models import Batch, Datastream, Measurement
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.measurements.refusals import Refused
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS
from vuoksi.loop.experiments.plans.models import Experiment


@action
def add_measurements(
    *, experiment: Experiment, values: Iterable[Value], origin: str, by: User, at: datetime
) -> Batch:
    """Take in a batch; the same content again is the same batch, and a value that stands already is passed over.

    Raises Refused when any value cannot stand: then none is saved.
    """
    # Two batches at once wait for each other here, so that neither sees half of the other.
    experiment = Experiment.objects.select_for_update().get(pk=experiment.pk)
    rules.check_add_measurements(by, experiment)
    rows = list(enumerate(values))
    changes = queries.changes(experiment, rows)
    faults = queries.faults_in(experiment, changes, localtime(at).date())
    if faults:
        raise Refused(faults)
    digest = queries.digest_of(value for _place, value in rows)
    known = queries.batch_with(experiment, digest)
    if known is not None:
        nothing_to_do()
        return known
    new = [change.sent for change in changes if change.effect == "new"]
    batch = Batch.objects.create(
        experiment=experiment,
        origin=Batch.Origin(origin),
        digest=digest,
        count=len(new),
        by=by,
        at=at,
    )
    Measurement.objects.bulk_create(_row(batch, value) for value in new)
    record(
        actor=by,
        verb="experiments.add_measurements",
        thing=experiment,
        at=at,
        digest=digest,
        count=len(new),
    )
    return batch


@action
def withdraw_batch(*, batch: Batch, by: User, at: datetime) -> None:
    """Take back a batch that was sent by mistake; the audit trail keeps that it was here."""
    experiment = Experiment.objects.select_for_update().get(pk=batch.experiment_id)
    rules.check_withdraw_batch(by, experiment)
    count, _kinds = batch.measurements.all().delete()
    digest = batch.digest
    batch.delete()
    record(
        actor=by,
        verb="experiments.withdraw_batch",
        thing=experiment,
        at=at,
        digest=digest,
        count=count,
    )


@action
def pull_scores(
    *, experiment: Experiment, scale: str, digest: str, by: User, at: datetime
) -> Batch | None:
    """Take the scores of the surveys in as measurements, in the arms in which the plan's design has them.

    `digest` is that of the preview which the person saw; None when the scores are others by now. Raises Refused.
    """
    rules.check_add_measurements(by, experiment)
    changes = queries.score_changes(experiment, scale).changes
    if queries.digest_of_changes(changes) != digest:
        nothing_to_do()
        return None
    return add_measurements(
        experiment=experiment,
        values=[change.sent for change in changes],
        origin=Batch.Origin.SURVEY,
        by=by,
        at=at,
    )


@action
def forget_unit(*, experiment: Experiment, code: str, new_code: str | None, at: datetime) -> None:
    """Erase what was measured under `code`, or cut it loose from whom it is about: under `new_code`.

    Sensors that measure the unit are ended in either case. Values on their way in at this moment wait, or are found here.
    """
    experiment = Experiment.objects.select_for_update().get(pk=experiment.pk)
    values = Measurement.objects.filter(experiment=experiment, unit_code=code)
    streams = Datastream.objects.filter(experiment=experiment, unit_code=code)
    count = values.count()
    if new_code is None:
        values.delete()
        for stream in streams:
            series.erase(kind=OBSERVATIONS, column="datastream", value=stream.pk, by=None, at=at)
        streams.update(ended_at=at)
    else:
        values.update(unit_code=new_code)
        streams.update(ended_at=at, unit_code=new_code)
    record(
        actor=None,
        verb="experiments.forget_unit",
        thing=experiment,
        at=at,
        count=count,
        erased=new_code is None,
    )


def _row(batch: Batch, value: Value) -> Measurement:
    return Measurement(
        experiment_id=batch.experiment_id,
        batch=batch,
        measure=value.measure,
        arm=value.arm,
        unit_code=value.unit_code,
        measured_on=value.measured_on,
        value=value.value,
    )
