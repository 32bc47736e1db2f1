"""Every page at one and at three rows: what it shows, and with how many queries."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.factories.calls import (
    NOW,
    AnswerFactory,
    CallFactory,
    CategoryFactory,
    DraftFactory,
    EntryFactory,
    GoalFactory,
    PhaseFactory,
    QuestionFactory,
    member_of,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.people.models import Role
from vuoksi.loop.calls import actions, downstream, queries
from vuoksi.loop.calls.downstream import Step

pytestmark = pytest.mark.django_db


def open_call(**more):
    """A call that is open now, whenever the tests run."""
    now = timezone.now()
    call = CallFactory(entry_phase=None, **more)
    PhaseFactory(call=call, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return call


COUNTS = pytest.mark.parametrize("count", [1, 3])


def keys(page):
    return [row.pk for row in page.context["table"].rows]


def ideas(count, **more):
    """Ideas with all that a list shows of one."""
    return [EntryFactory(submitted_at=NOW + timedelta(minutes=n), **more) for n in range(count)]


@COUNTS
def test_the_list_of_calls(client, django_assert_num_queries, count):
    goal = GoalFactory()
    calls = [open_call(goal=goal) for _ in range(count)]
    with django_assert_num_queries(5):
        page = client.get("/calls/")
    assert keys(page) == [call.pk for call in calls[::-1]]


@COUNTS
def test_the_page_of_a_call(client, django_assert_num_queries, count):
    call = open_call(owner=OrganisationFactory())
    for _ in range(count):
        QuestionFactory(call=call)
    category = CategoryFactory(call=call)
    rows = ideas(count, call=call, category=category, award="Winner")
    with django_assert_num_queries(19):
        page = client.get(call.get_absolute_url())
    assert keys(page) == [row.pk for row in rows[::-1]]
    assert page.context["winners"] == rows


@COUNTS
def test_the_list_of_all_ideas(client, django_assert_num_queries, count):
    rows = ideas(count)
    with django_assert_num_queries(7):
        page = client.get("/calls/entries/")
    assert keys(page) == [row.pk for row in rows[::-1]]


@COUNTS
def test_the_list_of_my_ideas(client, django_assert_num_queries, count):
    person = UserFactory()
    client.force_login(person)
    rows = [DraftFactory(author=person, edited_at=NOW + timedelta(n)) for n in range(count)]
    EntryFactory()
    with django_assert_num_queries(8):
        page = client.get("/my/entries/")
    assert keys(page) == [row.pk for row in rows[::-1]]


@COUNTS
def test_the_list_of_ideas_that_wait(client, django_assert_num_queries, count):
    unit = OrganisationFactory()
    client.force_login(member_of(unit, Role.REVIEWER))
    rows = ideas(count, call=CallFactory(owner=unit))
    with django_assert_num_queries(10):
        page = client.get("/calls/answers/")
    assert keys(page) == [row.pk for row in rows]
    assert [row.age_days for row in page.context["table"].rows] == [
        (timezone.now() - row.submitted_at).days for row in rows
    ]


@COUNTS
def test_the_page_of_an_idea(client, django_assert_num_queries, count):
    answer = AnswerFactory()
    entry = answer.entry
    for _ in range(count):
        question = QuestionFactory(call=entry.call)
        entry.responses.create(question=question, language="en", text="Readers")
        person = UserFactory()
        actions.support_entry(entry=entry, by=person, at=NOW)
        actions.comment_on_entry(
            entry=entry, text="Yes", language="en", key=uuid4(), by=person, at=NOW
        )
    with django_assert_num_queries(9):
        page = client.get(entry.get_absolute_url())
    assert page.context["answer"] == answer


@COUNTS
def test_feeds_and_calendars(client, django_assert_num_queries, count):
    call = open_call()
    ideas(count, call=call)
    for _ in range(count - 1):
        open_call()
    for address, number in (
        ("/calls/feed/", 1),
        (f"/calls/{call.slug}/feed/", 3),
        ("/calls/calendar.ics", 2),
        (f"/calls/{call.slug}/calendar.ics", 2),
    ):
        with django_assert_num_queries(number):
            assert client.get(address).status_code == 200


def test_a_feed_names_the_newest_idea_first(client):
    call = open_call()
    ideas(2, call=call)
    feed = client.get(f"/calls/{call.slug}/feed/").content.decode()
    titles = re.findall(r"<title>(.*?)</title>", feed)
    stored = [row.title for row in queries.entries_of(call).order_by("-submitted_at")]
    assert titles == [f"Ideas: {call.title}", *stored]


def test_a_calendar_holds_each_phase(client):
    call = open_call()
    calendar = Calendar.from_ical(client.get("/calls/calendar.ics").content)
    event = calendar.walk("VEVENT")[0]
    phase = call.phases.get()
    assert (event["SUMMARY"], event.start) == (
        f"{call.title}: sending ideas",
        phase.opens_at.replace(microsecond=0),
    )


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("state=open", ["open"]),
        ("state=upcoming", ["later"]),
        ("state=closed", ["past"]),
        ("language=fi", ["past"]),
        ("q=darkness", ["later"]),
        ("sort=title", ["open", "past", "later"]),
        ("", ["open", "later", "past"]),
        ("state=purple", ["open", "later", "past"]),
    ],
)
def test_calls_are_filtered_and_sorted(client, question, found):
    now = timezone.now()
    open_call(slug="open", title="A")
    past = CallFactory(slug="past", title="B", language="fi", entry_phase=None)
    PhaseFactory(call=past, opens_at=now - timedelta(2), closes_at=now - timedelta(1))
    later = CallFactory(slug="later", title="C", summary="Against darkness", entry_phase=None)
    PhaseFactory(call=later, opens_at=now + timedelta(1), closes_at=now + timedelta(2))
    page = client.get(f"/calls/?{question}")
    assert [row.slug for row in page.context["table"].rows] == found


def test_calls_of_one_goal(client):
    goal = GoalFactory()
    call, _other = open_call(goal=goal), open_call(goal=GoalFactory())
    assert keys(client.get(f"/calls/?goal={goal.slug}")) == [call.pk]


def test_ideas_are_filtered_by_answer_and_category(client):
    call = open_call()
    category = CategoryFactory(call=call)
    refused = EntryFactory(call=call, state="refused")
    inside = EntryFactory(call=call, category=category)
    address = call.get_absolute_url()
    assert keys(client.get(f"{address}?state=refused")) == [refused.pk]
    assert keys(client.get(f"{address}?category={category.slug}")) == [inside.pk]
    assert keys(client.get(f"/calls/entries/?call={call.slug}&state=submitted")) == [inside.pk]


def test_exports_hold_no_addresses(client):
    entry = EntryFactory(author=None, author_email="ann@example.org", author_name="Ann")
    for address in ("/calls/entries/", entry.call.get_absolute_url()):
        for form in ("csv", "json"):
            exported = b"".join(client.get(f"{address}?format={form}").streaming_content).decode()
            assert "example.org" not in exported
            assert "Ann" in exported


def test_a_draft_call_is_seen_by_staff_only(client):
    call = CallFactory(state="draft")
    assert client.get(call.get_absolute_url()).status_code == 404
    client.force_login(person_with(Role.STAFF))
    assert client.get(call.get_absolute_url()).status_code == 200
    assert client.get(f"/calls/{call.slug}/feed/").status_code == 404


def test_a_draft_idea_is_seen_by_its_authors_only(client):
    entry = DraftFactory(title="Secret lamps")
    assert client.get(entry.get_absolute_url()).status_code == 404
    client.force_login(entry.author)
    assert "Secret lamps" in client.get(entry.get_absolute_url()).content.decode()


def test_an_idea_has_one_address(client):
    entry, other = EntryFactory(), CallFactory()
    assert client.get(f"/calls/{other.slug}/entries/{entry.pk}/").status_code == 404


def test_html_in_a_text_is_shown_as_text(client):
    entry = EntryFactory(title="<script>alert(1)</script>", summary="<b>bold</b>")
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_what_became_of_an_idea_is_shown(client, monkeypatch):
    entry = EntryFactory()
    step = Step("Lamps in Tapiola", "/experiments/lamps/", "experiment", "try")
    monkeypatch.setattr(downstream, "_functions", [lambda rows: {row.pk: [step] for row in rows}])
    for address in (entry.get_absolute_url(), "/calls/entries/"):
        assert "Lamps in Tapiola" in client.get(address).content.decode()


def test_an_awarded_past_call_says_what_was_published(client):
    call = CallFactory(state="closed", published_entry_count=57, source="espoo.fi")
    EntryFactory(call=call, state="accepted", award="Winner")
    page = client.get(call.get_absolute_url()).content.decode()
    assert "The city published that 57 ideas came." in page
    assert "espoo.fi" in page


def test_the_filter_of_languages_offers_those_of_what_everybody_may_read(client):
    for language, state in (("so", "published"), ("fi", "closed"), ("et", "draft")):
        CallFactory(language=language, state=state)

    page = client.get("/calls/")
    offered = next(row for row in page.context["table"].filters if row.key == "language")
    assert [(choice.value, str(choice.label)) for choice in offered.choices if choice.value] == [
        ("fi", "suomi"),
        ("so", "Soomaali"),
    ]
