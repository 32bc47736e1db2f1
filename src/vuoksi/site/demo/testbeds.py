"""Kera and Otaniemi as testbeds: what they offer, and how one experiment made use of them."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from vuoksi.base.organisations.actions import join
from vuoksi.base.people.models import User
from vuoksi.base.places.models import Place
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds import actions, queries
from vuoksi.loop.experiments.testbeds.engine import CHECKLISTS, NEWEST, Wish, slots_between
from vuoksi.loop.experiments.testbeds.models import (
    Agreement,
    AgreementTemplate,
    FilledChecklist,
    Offering,
    Testbed,
)
from vuoksi.site.demo.people import JOINED, storyteller
from vuoksi.site.demo.strategy import WRITTEN, City
from vuoksi.site.demo.words import add_translations, at_noon, slug_of
from vuoksi.site.demo_data import read, shapes
from vuoksi.site.demo_data import testbed_shapes as shaped


def load(city: City, places: dict[str, Place]) -> None:
    """Make the testbeds and tell their story; what stands already stays as it is."""
    for template in read.templates():
        _template(city, template)
    offerings: dict[tuple[str, str], Offering] = {}
    for row in read.testbeds():
        testbed = Testbed.objects.filter(place=places[row.key]).first()
        testbed = testbed or _testbed(city, row, places[row.key])
        rows = zip(row.offerings, queries.offerings_of(testbed), strict=False)
        offerings |= {(row.key, data.key): offering for data, offering in rows}
    story = read.testbed_story()
    experiment = Experiment.objects.filter(slug=slug_of(story.experiment)).first()
    if experiment is not None and not experiment.bookings.exists():
        _tell(city, story, experiment, offerings)


def _template(city: City, row: shaped.Template) -> None:
    if AgreementTemplate.objects.filter(key=row.key, language=row.language).exists():
        return
    actions.write_template(
        key=row.key,
        language=row.language,
        title=row.title,
        text=row.text,
        source=row.source,
        is_demo=True,
        by=city.by,
        at=WRITTEN,
    )


def _testbed(city: City, row: shaped.Testbed, place: Place) -> Testbed:
    texts = {
        "title": row.title,
        "summary": row.summary,
        "rules": row.rules,
        "contact": row.contact,
    }
    language = row.title.original
    testbed = actions.create_testbed(
        place=place,
        owner=city.organisations[row.owner],
        language=language,
        source=row.source,
        is_demo=row.demo,
        by=city.by,
        at=WRITTEN,
        **{field: text.in_language(language) for field, text in texts.items()},
    )
    add_translations(testbed, texts, city.by, WRITTEN)
    for offering in row.offerings:
        _offering(city, testbed, offering)
    actions.publish_testbed(testbed=testbed, by=city.by, at=WRITTEN)
    return testbed


def _offering(city: City, testbed: Testbed, row: shaped.Offering) -> None:
    texts: dict[str, shapes.Text] = {
        "title": row.title,
        "summary": row.summary,
        "price_note": row.price_note,
    }
    language = row.title.original
    offering = actions.add_offering(
        testbed=testbed,
        kind=row.kind,
        language=language,
        units=row.units,
        slot=row.slot,
        weekdays=row.weekdays,
        opens_hour=row.opens,
        closes_hour=row.closes,
        lead_days=row.lead_days,
        price_cents=row.price_cents,
        needs_approval=row.needs_approval,
        source="demo: invented",
        is_demo=True,
        by=city.by,
        at=WRITTEN,
        **{field: text.in_language(language) for field, text in texts.items()},
    )
    add_translations(offering, texts, city.by, WRITTEN)


def _tell(
    city: City,
    story: shaped.Story,
    experiment: Experiment,
    offerings: dict[tuple[str, str], Offering],
) -> None:
    person = storyteller(story.person, "fi")
    join(organisation=city.organisations[story.organisation], user=person, by=None, at=JOINED)
    _checklist(city, story, experiment, person)
    _agreement(city, story, experiment, person)
    for row in story.bookings:
        _book(city, story, row, experiment, offerings[row.testbed, row.offering], person)


def _checklist(city: City, story: shaped.Story, experiment: Experiment, person: User) -> None:
    at = at_noon(story.checklist_on)
    answers = {
        key: {"answer": "yes" if key in story.yes else "no", "note": ""}
        for key in CHECKLISTS[NEWEST].keys
    }
    checklist = actions.fill_checklist(
        experiment=experiment,
        answers=answers,
        assessment=story.assessment,
        review="",
        version=0,
        is_demo=True,
        by=person,
        at=at,
    )
    actions.sign_off_checklist(
        checklist=checklist,
        role=FilledChecklist.Role.DATA_PROTECTION,
        digest=queries.checklist_digest(checklist),
        by=city.by,
        at=at,
    )


def _agreement(city: City, story: shaped.Story, experiment: Experiment, person: User) -> None:
    at = at_noon(story.agreement_on)
    agreement = actions.draft_agreement(
        experiment=experiment,
        partner=city.organisations[story.organisation],
        template=queries.templates_offered().get(language="en", is_demo=True),
        testbed=Testbed.objects.get(place__slug=slug_of(story.testbed)),
        is_demo=True,
        by=city.by,
        at=at,
    )
    actions.edit_agreement(
        agreement=agreement, values=story.blanks, version=agreement.version, by=city.by, at=at
    )
    actions.send_agreement(agreement=agreement, by=city.by, at=at)
    _sign(agreement, city.organisations[story.organisation].pk, person, "Project lead")
    if experiment.owner is not None:
        _sign(agreement, experiment.owner.pk, city.by, "Coordinator")


def _sign(agreement: Agreement, organisation: int, person: User, title: str) -> None:
    party = agreement.parties.select_related("agreement", "organisation").get(
        organisation=organisation
    )
    assert agreement.sent_at is not None  # it was sent a moment ago
    actions.sign_agreement(
        party=party, digest=agreement.digest, title=title, by=person, at=agreement.sent_at
    )


def _book(
    city: City,
    story: shaped.Story,
    row: shaped.Booking,
    experiment: Experiment,
    offering: Offering,
    person: User,
) -> None:
    at = at_noon(row.asked)
    booking = actions.request_booking(
        key=uuid5(NAMESPACE_URL, f"demo-booking-{row.key}"),
        offering=offering,
        experiment=experiment,
        organisation=city.organisations[story.organisation],
        wish=_wish(offering, row.first, row.last, row.units),
        purpose=row.purpose,
        is_demo=True,
        by=person,
        at=at,
    )
    if row.answer == "approve":
        actions.approve_booking(booking=booking, by=city.by, at=at)
    elif row.answer == "refuse":
        actions.refuse_booking(booking=booking, reason=row.reason, by=city.by, at=at)


def _wish(offering: Offering, first: date, last: date, units: int) -> Wish:
    """The first slots of the first and of the last day."""
    rhythm = queries.rhythm_of(offering)
    starts = [slots_between(rhythm, day, day)[0].start for day in (first, last)]
    return Wish(starts[0], starts[1], units)
