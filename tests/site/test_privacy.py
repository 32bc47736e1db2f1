"""What nobody may read is read nowhere: every public address, list, file, feed and answer of a city full of secrets.

Each secret name, address and text holds one word that nothing public holds. The pages are found as a machine finds
them: from the addresses without parts, from the API's own description, and from every link in what was read.
"""

import json
import logging
import re
from datetime import timedelta
from functools import partial
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, get_resolver
from tests.factories.calls import (
    NOW,
    AnswerFactory,
    CallFactory,
    CoAuthorFactory,
    DraftFactory,
    EntryFactory,
    EntryLinkFactory,
)
from tests.factories.decisions import (
    DecisionFactory,
    FollowUpFactory,
    MoneyFactory,
    NextStepFactory,
)
from tests.factories.experiments import ExperimentFactory, measured
from tests.factories.participants import (
    InvitationFactory,
    KeyKeeperFactory,
    QuestionFactory,
    RecruitmentFactory,
    SurveyFactory,
    joined,
)
from tests.factories.people import UserFactory, person_with
from tests.factories.sensing import DatastreamFactory
from tests.factories.talk import CommentFactory, FollowFactory, SupportFactory
from tests.factories.testbeds import (
    AgreementFactory,
    BookingFactory,
    ChecklistFactory,
    TestbedFactory,
)
from tests.loop.decisions.test_actions import words

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.moderation.actions import Ruling, appeal, decide, report, settle
from vuoksi.base.moderation.models import Outcome
from vuoksi.base.moderation.rules import Seat
from vuoksi.base.people.actions import create_token
from vuoksi.base.people.models import Role
from vuoksi.base.search.actions import refresh_index
from vuoksi.loop.calls.actions import answer_entry, send_link
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.decisions.actions import NewAction, draft_decision, publish_decision
from vuoksi.loop.decisions.models import Decider, Dissent
from vuoksi.loop.experiments.analyses.actions import (
    Wanted,
    add_measure,
    analyse,
    make_groups,
    publish_evidence,
)
from vuoksi.loop.experiments.participants.actions import Guardian, save_answers, withdraw
from vuoksi.loop.experiments.participants.models import Participant
from vuoksi.loop.experiments.participants.queries import items_of
from vuoksi.loop.experiments.plans.actions import create_experiment, start_experiment
from vuoksi.loop.experiments.testbeds.models import Agreement, Booking
from vuoksi.site.api import api

WORD = "salainen"
# Of the lots that are not published before the start; long enough to stand nowhere by chance.
SEED = 730_119_205_311
# A person's API token, whole: shown once, and to its owner.
TOKEN = f"{WORD}-token-of-a-person"
# Reading must change nothing and must end: no signing out, no language or theme, no order of the same rows, no other
# days of the same calendar.
LEFT_OUT = re.compile(
    r"/(accounts/logout|static|language|theme)|[?&](sort|page|next|from|day)=|\.(css|js|svg|png|woff2)"
)
NAMED = re.compile(r'"(?:url|@iot\.selfLink|[A-Za-z]+@iot\.navigationLink)": ?"([^"]+)"')
MOST_PAGES = 900
# Samples of rows, and the log, whose rows have no words: nothing narrows them.
NOT_SEARCHED = {"/design/", "/moderation/"}
SEARCHES = ("/search/?q=cushions", "/api/search/?q=cushions", "/calls/entries/?q=lamps")
pytestmark = pytest.mark.django_db


def secret(*roles, **more):
    """Somebody whose name and address nobody may read."""
    person = UserFactory(roles=roles, name="Aino Salainen", **more)
    person.email = f"aino.{WORD}.{person.pk}@example.org"
    person.save()
    return person


@pytest.fixture
def city(django_capture_on_commit_callbacks):
    """A city in which everything that should not be read is there to be found."""
    call = CallFactory(slug="warm", title="A warmer library")
    hidden = {"author": None, "author_email": f"by.link.{WORD}@example.org"}
    pen_name = EntryFactory(call=call, author=secret(), author_name="Pen name", title="Lamps")
    by_link = EntryFactory(call=call, **hidden, title="Cushions")
    on_behalf = EntryFactory(
        call=call, **hidden, author_name="Paper", entered_by=secret(Role.STAFF), title="Tea"
    )
    DraftFactory(call=call, author=secret(), title="Salainen draft", summary="Salainen")
    EntryFactory(call=call, author=secret(), title="Salainen idea taken back", state="withdrawn")
    _seal()
    CallFactory(slug="later", title="Salainen call", state="draft")
    CoAuthorFactory(entry=pen_name, email=f"friend.{WORD}@example.org")
    EntryLinkFactory(call=call, email=f"asked.{WORD}@example.org")
    AnswerFactory(entry=on_behalf, by=secret(Role.REVIEWER))
    for thing in (pen_name, by_link, on_behalf):
        SupportFactory(thing=thing, user=secret())
        FollowFactory(thing=thing, user=secret())
    CommentFactory(
        thing=pen_name,
        author=secret(),
        text="Salainen",
        visibility="hidden",
        hidden_at=NOW,
        hidden_reason="insult",
    )
    CommentFactory(thing=pen_name, author__name="Open Otso", text="I would come.")
    ExperimentFactory(title="Salainen plan", created_by=secret(), entries=[by_link])
    ran = ExperimentFactory(
        state="ended", title="Cushions tried", created_by=secret(), entries=[by_link]
    )
    draft = DecisionFactory(title="Salainen decision", reasons="Salainen", recorded_by=secret())
    Dissent.objects.create(decision=draft, name="Salainen", words="Salainen", language="en")
    Decider.objects.create(decision=draft, name="Salainen", role="Salainen")
    NextStepFactory(decision=draft, title="Salainen step")
    followed = FollowUpFactory(recorded_by=secret()).decision
    MoneyFactory(experiment=followed.experiment, recorded_by=secret())
    for plant in (_recruit, _design, partial(_lend, ran), partial(_moderate, pen_name)):
        plant()
    with django_capture_on_commit_callbacks(execute=True):
        _act(call, pen_name, by_link, ran)
    return call


def _seal():
    """An idea that nobody but its author reads before its time."""
    later = NOW + timedelta(days=100_000)
    sealed = CallFactory(slug="sealed", is_sealed=True, entry_phase__closes_at=later)
    EntryFactory(call=sealed, author=secret(), title="Salainen", summary="Salainen", state="sealed")


def _lend(ran):
    """A testbed with bookings, agreements and checklists, of which the public reads that it is booked."""
    TestbedFactory(state="draft", title="Salainen testbed")
    for state in Booking.State.values:
        BookingFactory(
            experiment=ran,
            state=state,
            purpose="Salainen",
            requested_by=secret(),
            reason="Salainen",
        )
    for state in Agreement.State.values:
        AgreementFactory(
            experiment=ran,
            state=state,
            created_by=secret(),
            template__title="Salainen agreement",
            values={"insurance": "Salainen"},
            reason="Salainen",
        )
    ChecklistFactory(
        experiment=ran,
        filled_by=secret(),
        assessment="Salainen",
        answers={"scoring": {"answer": "yes", "note": "Salainen"}},
    )


def _recruit():
    """People who take part under codes, of whom the public reads that an experiment looks for people."""
    RecruitmentFactory(state="draft", title="Salainen recruitment")
    planned = RecruitmentFactory(experiment__state="draft", experiment__title="Salainen trial")
    QuestionFactory(recruitment=planned)
    KeyKeeperFactory(recruitment=planned, user=secret(Role.STAFF))
    InvitationFactory(recruitment=planned, email=f"invited.{WORD}@example.org")
    survey = SurveyFactory(recruitment=planned, title="Salainen survey", items=[{"kind": "text"}])
    joined(planned, email=f"by.link.{WORD}@example.org")
    joined(planned, user=secret(), guardian=Guardian("Salainen", f"g.{WORD}@example.org"))
    row = joined(planned, user=secret())
    answers = {str(items_of(survey)[0].pk): "Salainen answer"}
    save_answers(survey=survey, participant=row, answers=answers, is_sent=True, at=NOW)
    planned.surveys.update(state="closed", is_published=True, title="How was it?")
    trial = RecruitmentFactory(experiment__title="Open trial", capacity=2)
    people = [joined(trial, user=secret()) for _ in range(4)]
    withdraw(participant=people[0], at=NOW)


def _design():
    """What is planned before the start is not read by all; nor are the tokens of programs that send values."""
    draft = ExperimentFactory(title="Salainen design", design="two_groups", created_by=secret())
    lead = person_with(Role.COORDINATOR)
    add_measure(
        experiment=draft, key="more", title="Salainen measure", unit="salainen", better="up",
        language="en", by=lead, at=NOW,
    )  # fmt: skip
    units = [Wanted(f"{WORD}-{n}", stratum=WORD, cluster="") for n in range(8)]
    more = {"experiment": draft, "units": units, "method": "chance", "by": lead, "at": NOW}
    make_groups(**more, seed=SEED)
    make_groups(**more, seed=SEED, reason="Salainen reason")
    DatastreamFactory(
        experiment=draft,
        name="Salainen stream",
        unit_code=f"{WORD}-1",
        arm="treatment",
        thing__name="Salainen thing",
        sensor__name="Salainen sensor",
        observed_property__name="Salainen property",
    )
    create_token(
        user=secret(), name="Salainen program", scopes=["read"], secret=TOKEN, at=NOW,
        expires_at=NOW + timedelta(days=9_999),
    )  # fmt: skip


def _moderate(entry):
    """A case that was decided twice, of which the public log tells the rule and the outcome."""
    author, reporter = secret(), secret()
    first, second = secret(Role.MODERATOR), secret(Role.MODERATOR)
    comment = CommentFactory(thing=entry, author=author, text="I would not.")
    reported, _is_new = report(
        thing=comment, reason="other", note="Salainen", by=reporter, who="one", language="en",
        at=NOW,
    )  # fmt: skip
    case, said = reported.case, "Salainen"
    decide(case=case, ruling=Ruling(Outcome.HIDE, "insult", said, "en"), by=first, at=NOW)
    seat = Seat(case)
    appeal(seat=seat, text="Salainen", language="en", by=author, who="two", at=NOW)
    settle(case=case, ruling=Ruling(Outcome.MEND, "insult", said, "en"), by=second, at=NOW)


def _act(call, pen_name, by_link, ran):
    """What is done in the city, for what it leaves in the trail and in the letters."""
    # Who acts for the city is named beside the act, but nobody's address is.
    lead = UserFactory(roles=[Role.COORDINATOR], name="Open Olli", email=f"lead.{WORD}@example.org")
    send_link(call=call, email=f"new.{WORD}@example.org", language="en", at=NOW)
    sent = {"text": "We try it.", "language": "en", "by": lead, "at": NOW}
    answer_entry(entry=pen_name, outcome="refused", version=1, **sent)
    answer_entry(entry=by_link, outcome="accepted", version=1, **sent)
    create_experiment(
        slug="new", language="en", title="Salainen plan too", summary="S", entries=[by_link],
        by=lead, at=NOW,
    )  # fmt: skip
    start_experiment(experiment=ExperimentFactory(title="Started"), by=lead, at=NOW)
    measured(ran, [4.0, 5.0, 4.5, 5.5, 4.2])
    analysis = analyse(experiment=ran, by=lead, at=NOW)
    claim = {"claim": "It helped.", "limits": "", "language": "en"}
    evidence = publish_evidence(analysis=analysis, by=lead, at=NOW, **claim)
    decision = draft_decision(
        experiment=ran, slug="all", words=words(), evidence=[evidence], by=lead, at=NOW
    )
    opened = NewAction(goal=ran.goal, title="Cushions everywhere")
    publish_decision(decision=decision, by=lead, at=NOW, opens=opened)
    refresh_index(at=NOW)


class Reader:
    """Reads all that it can find, each address once."""

    def __init__(self, client):
        self.client = client
        self.read = {}
        self.tables = {}

    def everything(self):
        waiting = [*SEARCHES, *plain_addresses(), *api_addresses(self.client)]
        while waiting and len(self.read) < MOST_PAGES:
            address = waiting.pop(0)
            if address in self.read or LEFT_OUT.search(address):
                continue
            waiting.extend(self.open(address))
        assert len(self.read) < MOST_PAGES
        return self.read

    def open(self, address):
        """Read one address; give the addresses that it names."""
        answer = self.client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode(errors="replace")
        self.read[address] = (answer.status_code, text + str(answer.headers))
        if getattr(answer, "context", None) and "table" in answer.context:
            self.tables[urlsplit(address).path] = answer.context["table"]
        if answer.status_code in {301, 302}:
            return [answer.url] if answer.url.startswith("/") else []
        found = (urljoin(address, unescape(link)) for link in re.findall(r'href="([^"#]+)', text))
        # SensorThings names its links in JSON, with the name of the site before them.
        found = [*found, *(urlsplit(link).path for link in NAMED.findall(text))]
        return [link for link in found if link.startswith("/")]


def plain_addresses(patterns=None, before="/"):
    """Every address of the site that has no changing part."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        part = str(pattern.pattern).lstrip("^").rstrip("$")
        if part.startswith("admin"):
            continue
        if isinstance(pattern, URLPattern):
            if not re.search(r"[<(\\]", part):
                yield before + part
        elif "<" not in part:
            yield from plain_addresses(pattern.url_patterns, before + part)


def api_addresses(client):
    """Every address of the API, with every key that its lists name."""
    paths = [path for path, how in api.get_openapi_schema()["paths"].items() if "get" in how]
    for path in paths:
        if "{" not in path:
            yield path
            continue
        start, name = re.match(r"(.*?)\{(\w+)\}", path).groups()
        for key in api_keys(client, {start, start.rstrip("/")} & set(paths), name):
            yield path.replace(f"{{{name}}}", str(key))


def api_keys(client, lists, name):
    """The keys that a list names; where there is no list, the first numbers are tried."""
    if not lists:
        return range(1, 6)
    rows = [row for address in lists for row in client.get(address).json().get("results", [])]
    return [key for row in rows if (key := row.get(name) or row.get("id"))]


def told(pages):
    """The addresses whose answers hold the word or another secret, with what stands around it."""
    secrets = re.compile("|".join(map(re.escape, [WORD, str(SEED), *codes()])), re.IGNORECASE)
    return {
        address: text[max(found.start() - 80, 0) : found.end() + 40]
        for address, (_status, text) in pages.items()
        if (found := secrets.search(text))
    }


def codes():
    """Codes of people under which nothing was measured, and the addresses of their own pages."""
    rows = Participant.objects.values_list("code", "page")
    return [str(value) for row in rows for value in row]


@pytest.mark.parametrize("who", ["anonymous", "resident"])
def test_no_address_tells_what_nobody_may_read(city, who):
    client = Client()
    if who == "resident":
        client.force_login(UserFactory(name="Open Oona"))
    reader = Reader(client)

    pages = reader.everything()

    assert told(pages) == {}
    assert [address for address, (status, _text) in pages.items() if status >= 500] == []
    read = {address.split("?")[0] for address, (status, _text) in pages.items() if status == 200}
    lamps = Entry.objects.get(title="Lamps")
    # That it has read at all: a page, a list's files, a feed, dates, search, one thing of each kind by the API.
    assert {
        "/", "/calls/warm/", lamps.get_absolute_url(), "/calls/warm/feed/", "/calls/calendar.ics",
        "/decisions/feed/", "/search/", "/api/entries/", "/api/calls/warm", "/api/search/",
        "/moderation/", "/moderation/feed/", "/sta/v1.1/", "/sta/v1.1/Things", "/sta/v1.1/Datastreams",
        "/take-part/", "/take-part/feed/", "/api/recruitments/",
    } - read == set()  # fmt: skip
    files = [a for a in pages if "format=csv" in a or "format=json" in a]
    assert len(files) >= 2 * 8
    assert len(pages) > 100


def test_no_search_finds_by_what_nobody_may_read(city):
    reader = Reader(Client())
    reader.everything()

    assert len(reader.tables) > 8
    found = {
        path: table.count
        for path in reader.tables.keys() - NOT_SEARCHED
        if (table := Client().get(path, {"q": WORD}).context["table"]).count
    }
    assert found == {}
    assert Client().get("/api/search/", {"q": WORD}).json() == []
    assert Client().get("/api/indicators/", {"q": WORD}).json()["count"] == 0
    page = Client().get("/search/", {"q": WORD})
    assert [group for group in page.context["groups"] if group["hits"]] == []


def test_no_log_line_and_no_audit_row_tells_it(city, caplog):
    person = secret()
    caplog.set_level(logging.DEBUG)
    client = Client(raise_request_exception=False)
    call_command("tick")
    client.post("/calls/warm/link/", {"email": f"{WORD}@example.org"})
    client.post("/accounts/login/", {"login": person.email, "password": "wrong"})
    client.post("/accounts/signup/", {"email": person.email, "password1": "x", "password2": "y"})
    client.post("/accounts/password/reset/", {"email": person.email})
    client.force_login(person)
    client.get("/me/")
    client.post("/talk/calls.entry/1/support/", {"do": "begin"})
    client.get("/calls/answers/")

    assert [line for line in caplog.messages if WORD in line.lower()] == []
    assert WORD not in caplog.text.lower()
    trail = json.dumps(list(AuditEntry.objects.values_list("verb", "details")), default=str)
    assert WORD not in trail.lower()
    assert [code for code in codes() if code in trail or code in caplog.text] == []
    assert len(mail.outbox) > 2
