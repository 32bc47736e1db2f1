from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.base.texts.queries import as_read, attach, in_language, text_of
from vuoksi.loop.experiments.testbeds.models import Booking, Offering, Testbed
from vuoksi.loop.experiments.testbeds.queries import offerings_of_all
from vuoksi.loop.experiments.testbeds.words import BOOKING_TONES, TESTBED_TONES, stretch_words


def prepare_testbeds(rows: list[Any]) -> list[Any]:
    """Give each testbed its texts and what it offers: a fixed number of queries a page."""
    attach(rows)
    attach([row.place for row in rows])
    offered = offerings_of_all(rows)
    attach([one for found in offered.values() for one in found])
    for row in rows:
        row.offered = offered.get(row.pk, [])
        row.tone = TESTBED_TONES[Testbed.State(row.state)]
    return rows


def prepare_bookings(rows: list[Any]) -> list[Any]:
    """Give each booking its texts and tone: a fixed number of queries a page."""
    offerings = {row.offering_id: row.offering for row in rows}
    experiments = {row.experiment_id: row.experiment for row in rows}
    testbeds = {row.offering.testbed_id: row.offering.testbed for row in rows}
    for things in (offerings, experiments, testbeds):
        attach(list(things.values()))
    for row in rows:
        _share_texts(row.offering, offerings[row.offering_id])
        _share_texts(row.experiment, experiments[row.experiment_id])
        _share_texts(row.offering.testbed, testbeds[row.offering.testbed_id])
        row.tone = BOOKING_TONES[Booking.State(row.state)]
        row.when = stretch_words(row.offering, row.starts_at, row.ends_at)
    return rows


def prepare_booked(rows: list[Any]) -> list[Any]:
    """Give each booked slot the texts of its offering."""
    offerings = {row.offering_id: row.offering for row in rows}
    attach(list(offerings.values()))
    for row in rows:
        _share_texts(row.offering, offerings[row.offering_id])
    return rows


def _share_texts(thing: Any, same: Any) -> None:
    """Rows of one query hold copies of the same thing; the texts were asked for once."""
    thing.texts = same.texts


def _kinds() -> Choices:
    return list(Offering.Kind.choices)


def _by_kind(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.filter(offerings__kind=kind, offerings__is_offered=True).distinct()


def _states() -> Choices:
    return [(state.value, state.label) for state in (Testbed.State.PUBLISHED, Testbed.State.CLOSED)]


def _booking_states() -> Choices:
    return list(Booking.State.choices)


TESTBEDS = Table(
    "testbeds",
    _("Testbeds"),
    columns=(
        Column("title", _("Testbed"), text_of("title"), sort="title"),
        Column("summary", _("In short"), text_of("summary")),
        Column("place", _("Place"), lambda row: str(in_language(row.place, "name"))),
        Column("owner", _("Unit in charge"), lambda row: row.owner.name, sort="owner__name"),
        Column("state", _("State"), lambda row: row.get_state_display(), sort="state"),
        Column(
            "offers",
            _("What it offers"),
            lambda row: "; ".join(str(in_language(one, "title")) for one in row.offered),
        ),
        Column("url", _("Address"), lambda row: settings.SITE_URL + row.get_absolute_url()),
    ),
    filters=(
        Filter("offers", _("What it offers"), _kinds, _by_kind),
        Filter("state", _("State"), _states, lambda rows, state: rows.filter(state=state)),
    ),
    search=("title", "summary", "place__name", "offerings__title"),
    reading=as_read("title", "summary", "place__name", "offerings__title"),
    page_size=12,
    prepare=prepare_testbeds,
)


def bookings_table(key: str, title: Any) -> Table:
    """Bookings as those read them whose bookings they are, and those who answer them."""
    return Table(
        key,
        title,
        columns=(
            Column(
                "offering",
                _("What"),
                lambda row: str(in_language(row.offering, "title")),
                sort="offering__title",
                template="testbeds/cells/booking.html",
            ),
            Column(
                "testbed", _("Testbed"), lambda row: str(in_language(row.offering.testbed, "title"))
            ),
            Column("when", _("When"), lambda row: row.when, sort="starts_at"),
            Column("units", _("Units"), lambda row: row.units, numeric=True),
            Column(
                "experiment",
                _("Experiment"),
                lambda row: str(in_language(row.experiment, "title")),
                template="testbeds/cells/experiment.html",
            ),
            Column("organisation", _("For"), lambda row: row.organisation.name),
            Column(
                "state",
                _("State"),
                lambda row: row.get_state_display(),
                sort="state",
                template="testbeds/cells/state.html",
            ),
            Column("requested", _("Asked"), lambda row: row.requested_at, sort="requested_at"),
        ),
        filters=(
            Filter(
                "state", _("State"), _booking_states, lambda rows, state: rows.filter(state=state)
            ),
        ),
        search=("offering__title", "experiment__title", "organisation__name"),
        reading=as_read("offering__title", "experiment__title"),
        prepare=prepare_bookings,
    )


def booked_table(testbed: Testbed) -> Table:
    """What is booked in a testbed, for everybody: units and times, no persons and no purposes."""

    def offerings() -> Choices:
        rows = attach(testbed.offerings.order_by("position", "pk"))
        return [(str(row.pk), str(in_language(row, "title"))) for row in rows]

    return Table(
        f"booked-{testbed.place.slug}",
        _("What is booked"),
        columns=(
            Column("offering", _("What"), lambda row: str(in_language(row.offering, "title"))),
            Column(
                "unit", _("Unit"), lambda row: row.unit_number, sort="unit_number", numeric=True
            ),
            Column("from", _("From"), lambda row: row.slot_start, sort="slot_start"),
            Column("to", _("To"), lambda row: row.slot_end),
            Column("state", _("State"), lambda row: _("booked")),
        ),
        filters=(
            Filter(
                "offering", _("What"), offerings, lambda rows, pk: rows.filter(offering=int(pk))
            ),
        ),
        search=("offering__title",),
        reading=as_read("offering__title"),
        page_size=50,
        prepare=prepare_booked,
    )
