"""What must not be had, tried by every door that the site has: a table of attempts × doors.

Doors are not listed by hand: every address that the site knows is opened (pages, exports, feeds, calendars, the API,
SensorThings, attachments, the admin, chains, notices), with whatever names and numbers of the secret things fit into
it. A new page is thus tried from its first day on. What is written (forms, the API) is tried attempt by attempt.
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
from vuoksi.base.people.models import Role
from vuoksi.base.search.actions import refresh_index
from vuoksi.base.talk.queries import supports_of
from vuoksi.loop.calls.actions import refresh_compared
from vuoksi.loop.juries.models import Score
from vuoksi.site.api import api

pytestmark = pytest.mark.django_db

# Words that stand in nothing but ideas that only their authors read, and in nothing but plans.
IDEA, PLAN = "Zirconium", "Molybdenum"
# What is searched for is repeated on the page, so it is a part of the secret only.
VARIANTS = ("", "?q=zirconi", "?q=molybden", "?format=csv", "?format=json")
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


def filled(route, names, numbers):
    """The address with every choice of names and numbers that fits."""
    found = [match.groupdict() for match in PARAMETER.finditer(route)]
    for values in product(*(_fitting(one, route, names, numbers) for one in found)):
        address = route
        for value in values:
            address = PARAMETER.sub(str(value), address, count=1)
        yield f"/{address}"


def _fitting(parameter, route, names, numbers):
    kind, name = parameter["kind"], parameter["name"]
    if kind == "int" or name in {"key", "object_id"}:
        return numbers
    if kind == "slug":
        return names
    if kind == "path":
        return [
            *(f"Things({n})/Datastreams" for n in numbers),
            *(f"Datastreams({n})/Observations" for n in numbers),
            "Things", "Datastreams", "Observations", "Locations",
        ] if "sta/" in route else numbers  # fmt: skip
    return ["calls.entry", "calls.call", "experiments.experiment", "entry", "experiment", "fi"]


def is_list(route):
    """Whether it may be a page that filters and exports: of the whole site, or of one thing with a name."""
    has_other_forms = route.startswith(("admin/", "api/", "sta/"))
    return not has_other_forms and "int:" not in route and route.count("<") <= 1


def doors(names, numbers):
    """Every address to try, and lists as exports and as searches too."""
    for route in routes():
        if route.startswith(ELSEWHERE) or "(" in route or "^" in route:
            continue
        variants = VARIANTS if is_list(route) else ("",)
        for address in filled(route, names, numbers):
            yield from (address + variant for variant in variants)


def opened_by(client, secret, addresses):
    """The addresses that give the secret away, or break."""
    client.raise_request_exception = False
    found, tried = [], 0
    for address in addresses:
        answer = client.get(address)
        tried += 1
        if answer.status_code == 500 or secret in answer.getvalue().decode(errors="ignore"):
            found.append((address, answer.status_code))
    assert tried > 400
    return found


def keys_of(*things):
    return sorted({thing.pk for thing in things})


@pytest.fixture
def secrets(tmp_path, settings):
    """A plan of one company with the city, and ideas that only their authors may read, with files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    owner = OrganisationFactory(kind="city_unit")
    words = {"title": PLAN, "summary": PLAN}
    now = timezone.now()
    call = CallFactory(slug="secret-call", state="draft", owner=owner, **words)
    plan = ExperimentFactory(slug="secret-plan", state="draft", owner=owner, **words)
    ThingFactory(experiment=plan, name=PLAN)
    stream = DatastreamFactory(experiment=plan, name=PLAN)
    recruitment = RecruitmentFactory(
        experiment=ExperimentFactory(slug="secret-search", state="draft", owner=owner),
        state="draft", title=PLAN, seeking=PLAN,
    )  # fmt: skip
    decision = DecisionFactory(slug="secret-decision", state="draft", title=PLAN, reasons=PLAN)
    agreement = AgreementFactory(state="sent", text=PLAN)
    sealed_call = CallFactory(slug="open-call", is_sealed=True, entry_phase=None)
    PhaseFactory(
        call=sealed_call, opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9)
    )
    sealed = EntryFactory(
        call=sealed_call, state="sealed", author_name=IDEA, title=IDEA, summary=IDEA
    )
    draft = DraftFactory(call=sealed_call, author_name=IDEA, title=IDEA, summary=IDEA)
    files = [
        attach_file(thing=entry, upload=text_file(), by=entry.author, at=now)
        for entry in (sealed, draft)
    ]
    refresh_index(at=now)
    refresh_compared(at=now)
    return {
        "plans": (["secret-call", "secret-plan", "secret-search", "secret-decision"],
                  keys_of(call, plan, stream, recruitment, decision, agreement)),
        "ideas": (["open-call"], keys_of(sealed, draft, *files)),
        "files": files,
    }  # fmt: skip


def text_file():
    return ContentFile(IDEA.encode(), name=f"{IDEA}.txt")


def person_of_another(role):
    """Somebody of another firm than the one that the secret is of; nobody for None."""
    return None if role is None else member_of(OrganisationFactory(kind="company"), role)


@pytest.mark.parametrize("role", [None, Role.COMPANY])
def test_another_organisations_plans_are_behind_no_door(client, secrets, role):
    person = person_of_another(role)
    if person is not None:
        client.force_login(person)
    assert opened_by(client, PLAN, doors(*secrets["plans"])) == []


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_drafts_and_sealed_ideas_are_behind_no_door(client, secrets, role):
    person = person_of_another(role)
    if person is not None:
        person.is_staff = person.is_superuser = role == Role.ADMINISTRATOR
        person.save()
        client.force_login(person)
    names, numbers = secrets["ideas"]
    assert opened_by(client, IDEA, (*doors(names, numbers), *stored(secrets["files"]))) == []


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
