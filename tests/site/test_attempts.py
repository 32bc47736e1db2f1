"""What must not be had, tried by every door that the site has: a table of attempts × doors.

Doors are not listed by hand: every address that the site knows is opened (pages, exports, feeds, calendars, the API,
SensorThings, attachments, the admin, chains, notices). A new page is thus tried from its first day on. Secret things of
all kinds bear one name and one number, so that each address is opened once, not once for each of them. What is written
(forms, the API) is tried attempt by attempt.
"""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from tests.factories.calls import CallFactory, DraftFactory, EntryFactory, PhaseFactory, member_of
from tests.factories.decisions import DecisionFactory
from tests.factories.experiments import ExperimentFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.panels import CriterionFactory, JurorFactory, PanelFactory, ReviewFactory
from tests.factories.participants import RecruitmentFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.sensing import DatastreamFactory, ThingFactory
from tests.factories.testbeds import AgreementFactory

from vuoksi.base.files.actions import attach_file
from vuoksi.base.files.models import Attachment
from vuoksi.base.people.models import Role
from vuoksi.base.search.actions import refresh_index
from vuoksi.base.talk.queries import supports_of
from vuoksi.loop.calls.actions import refresh_compared
from vuoksi.loop.juries.models import Score
from vuoksi.site.api import api

pytestmark = [pytest.mark.django_db, pytest.mark.walks]

# Words that stand in nothing but ideas that only their authors read, and in nothing but plans.
IDEA, PLAN = "Zirconium", "Molybdenum"
# What is searched for is repeated on the page, so it is a part of the secret only. JSON streams the rows of the CSV.
SEARCHES, EXPORTS = ("?q=zirconi", "?q=molybden"), ("?format=csv",)
# What the things of the attempt are called in addresses: a plan or a sealed idea's call, a plan or a sealed idea.
PLANS, OPEN_CALL, SEALED, DRAFT = "secret", "open", 7001, 7002
# The draft of an idea has a number of its own, so it is looked for where there are ideas.
OF_IDEAS = re.compile(r"entr|file|<str:kind>")
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# What changes nothing and shows nothing of the city's: signing in and out, the files of pages.
ELSEWHERE = ("accounts/", "i18n/", "static/")


def routes(patterns=None, before=""):
    """Every address of the site with its parameters, as `calls/<slug:slug>/`."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


def filled(route):
    """The address with the names and numbers of the secret things that fit."""
    found = [match.groupdict() for match in PARAMETER.finditer(route)]
    things = [(PLANS, SEALED)]
    if "call" in route:
        things.append((OPEN_CALL, SEALED))
    if OF_IDEAS.search(route):
        things.append((OPEN_CALL, DRAFT))
    addresses = {}
    for name, number in things:
        for values in product(*(_fitting(one, route, name, number) for one in found)):
            address = route
            for value in values:
                address = PARAMETER.sub(str(value), address, count=1)
            addresses[f"/{address}"] = None
    return addresses


def _fitting(parameter, route, name, number):
    kind, called = parameter["kind"], parameter["name"]
    if kind == "slug":
        return [name]
    if kind == "path" and "sta/" in route:
        return [
            f"Things({number})/Datastreams", f"Datastreams({number})/Observations",
            "Things", "Datastreams", "Observations", "Locations",
        ]  # fmt: skip
    if called == "kind":
        return ["calls.entry", "calls.call", "experiments.experiment", "entry", "experiment"]
    return ["fi"] if called == "language" else [number]


def doors():
    """Every address to try."""
    for route in routes():
        if not (route.startswith(ELSEWHERE) or "(" in route or "^" in route):
            yield from filled(route)


def opened(client, addresses):
    """Each address with its answer and text; lists that search or export are opened so as well."""
    waiting = list(addresses)
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        text = answer.getvalue().decode(errors="ignore")
        yield address, answer.status_code, text
        if "?" not in address and not address.startswith("/admin/"):
            waiting += (address + way for way in SEARCHES if 'name="q"' in text)
            waiting += (address + way for way in EXPORTS if "format=csv" in text)


def opened_by(client, secrets, addresses):
    """The addresses that give a secret away, or break."""
    client.raise_request_exception = False
    found, tried, variants = [], 0, 0
    for address, code, text in opened(client, addresses):
        tried += 1
        variants += "?" in address
        if code == 500 or any(secret in text for secret in secrets):
            found.append((address, code))
    assert (tried > 800, variants > 20) == (True, True)
    return found


@pytest.fixture
def secrets(tmp_path, settings):
    """A plan of one company with the city, and ideas that only their authors may read, with files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    owner = OrganisationFactory(kind="city_unit")
    now = timezone.now()
    _plans(owner, {"pk": SEALED, "slug": PLANS, "state": "draft", "title": PLAN})
    call = CallFactory(slug=OPEN_CALL, is_sealed=True, entry_phase=None)
    PhaseFactory(call=call, opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9))
    words = {"call": call, "author_name": IDEA, "title": IDEA, "summary": IDEA}
    sealed = EntryFactory(pk=SEALED, state="sealed", **words)
    draft = DraftFactory(pk=DRAFT, **words)
    files = [_file_of(entry, now) for entry in (sealed, draft)]
    refresh_index(at=now)
    refresh_compared(at=now)
    return files


def _plans(owner, words):
    """A plan of each kind, all with one name and one number."""
    CallFactory(owner=owner, summary=PLAN, **words)
    plan = ExperimentFactory(owner=owner, summary=PLAN, **words)
    ThingFactory(pk=SEALED, experiment=plan, name=PLAN)
    DatastreamFactory(pk=SEALED, experiment=plan, name=PLAN)
    search = ExperimentFactory(slug="secret-search", state="draft", owner=owner)
    RecruitmentFactory(pk=SEALED, experiment=search, state="draft", title=PLAN, seeking=PLAN)
    DecisionFactory(reasons=PLAN, **words)
    AgreementFactory(pk=SEALED, state="sent", text=PLAN)


def _file_of(entry, now):
    """A file of an idea, with the idea's number."""
    file = attach_file(thing=entry, upload=text_file(), by=entry.author, at=now)
    Attachment.objects.filter(id=file.pk).update(id=entry.pk)
    return Attachment.objects.get(pk=entry.pk)


def text_file():
    return ContentFile(IDEA.encode(), name=f"{IDEA}.txt")


def person_of_another(role):
    """Somebody of another firm than the one that the secret is of; nobody for None."""
    return None if role is None else member_of(OrganisationFactory(kind="company"), role)


@pytest.mark.parametrize(
    ("role", "hidden"),
    [
        (None, (PLAN, IDEA)),
        (Role.COMPANY, (PLAN, IDEA)),
        (Role.COORDINATOR, (IDEA,)),
        (Role.ADMINISTRATOR, (IDEA,)),
    ],
)
def test_plans_of_others_drafts_and_sealed_ideas_are_behind_no_door(client, secrets, role, hidden):
    person = person_of_another(role)
    if person is not None:
        person.is_staff = person.is_superuser = role == Role.ADMINISTRATOR
        person.save()
        client.force_login(person)
    assert opened_by(client, hidden, (*doors(), *stored(secrets))) == []


def stored(files):
    """Where somebody may guess that files lie as they are stored."""
    for file in files:
        yield f"/media/{file.file.name}"
        yield f"{settings.MEDIA_URL or '/media/'}{file.file.name}".replace("//", "/")
        yield f"/static/{file.file.name}"


def test_no_letter_tells_what_is_sealed(secrets):
    call_command("tick")
    assert [letter.subject for letter in mail.outbox if IDEA in letter.body] == []


@pytest.fixture
def jury():
    """An open panel with one idea; three sit on it who may not judge it, and have been asked all the same."""
    panel = PanelFactory(state="open", opened_at=timezone.now())
    criterion = CriterionFactory(panel=panel, weight=1)
    entry = EntryFactory(call=panel.call)
    panel.entries.add(entry)
    friend, colleague = UserFactory(), UserFactory()
    entry.co_authors.create(
        email=friend.email, user=friend, digest="x", invited_at=timezone.now(),
        accepted_at=timezone.now(), expires_at=timezone.now(),
    )  # fmt: skip
    firm = OrganisationFactory(kind="company")
    for person in (entry.author, colleague):
        firm.memberships.create(user=person, since=timezone.now())
    people = {"author": entry.author, "co-author": friend, "colleague": colleague}
    return panel, criterion, entry, {**people, "stranger": UserFactory()}


@pytest.mark.parametrize("who", ["author", "co-author", "colleague", "stranger"])
def test_ones_own_idea_is_scored_by_no_door(client, jury, who):
    panel, criterion, entry, people = jury
    seat = JurorFactory(panel=panel, user=people[who])
    review = ReviewFactory(juror=seat, entry=entry)
    client.force_login(seat.user)
    scores = {f"criterion-{criterion.pk}": 5, "version": 1, "do": "send", "text": "Best!"}
    for address in (f"/reviews/{review.pk}/", f"/panels/{panel.pk}/ideas/{entry.pk}/"):
        client.post(address, scores)
    review.refresh_from_db()
    may = who == "stranger"
    assert (Score.objects.count(), review.state) == ((1, "sent") if may else (0, "asked"))


@pytest.mark.parametrize("who", ["author", "co-author", "colleague", "stranger"])
def test_ones_own_idea_is_supported_by_no_door(client, jury, who):
    _panel, _criterion, entry, people = jury
    client.force_login(people[who])
    client.post(f"/talk/calls.entry/{entry.pk}/support/", {"do": "begin"})
    assert supports_of([entry]).get(str(entry.pk), 0) == (1 if who == "stranger" else 0)


def test_the_api_takes_no_scores_no_weights_and_no_awards():
    writes = [
        address for address, ways in api.get_openapi_schema()["paths"].items() if "post" in ways
        or "put" in ways or "patch" in ways or "delete" in ways
    ]  # fmt: skip
    words = ("panel", "jur", "score", "review", "criteri", "award", "decision", "consent")
    assert [address for address in writes if any(word in address for word in words)] == []


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_weight_is_changed_after_the_freeze_by_no_door_without_a_reason(client, jury, role):
    panel, criterion, _entry, _people = jury
    person = person_with(role)
    person.is_staff = person.is_superuser = role == Role.ADMINISTRATOR
    person.save()
    client.force_login(person)
    rows = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-pk": criterion.pk,
        "form-0-label": criterion.label, "form-0-weight": 9, "form-0-anchors": criterion.anchors,
        "version": 1, "places": 1,
    }  # fmt: skip
    tried = [
        client.post(address, {**rows, "weight": 9, "reason": ""}).status_code
        for address in (
            f"/panels/{panel.pk}/criteria/",
            f"/panels/{panel.pk}/rules/",
            f"/panels/{panel.pk}/edit/",
            f"/admin/juries/criterion/{criterion.pk}/change/",
            f"/admin/juries/panel/{panel.pk}/change/",
        )
    ]
    criterion.refresh_from_db()
    assert (criterion.weight, [code for code in tried if code in (200, 500)]) == (1, [])
