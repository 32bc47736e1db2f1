"""The pages of coordinators, without a script: make a call, change it, publish, close, answer."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.calls import (
    CallFactory,
    CategoryFactory,
    EntryFactory,
    GoalFactory,
    PhaseFactory,
    QuestionFactory,
    member_of,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import person_with
from vuoksi.base.people.models import Role
from vuoksi.loop.calls import queries
from vuoksi.loop.calls.models import Answer, Call

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    person = person_with(Role.COORDINATOR)
    client.force_login(person)
    return person


def filled(form, **changes):
    values = {field.html_name: field.value() for field in form}
    return {name: _typed(value) for name, value in {**values, **changes}.items()}


def _typed(value):
    if value is None or value is False:
        return ""
    return value.strftime("%Y-%m-%dT%H:%M") if hasattr(value, "strftime") else str(value)


WORDS = {"title": "Light in the dark", "summary": "Ideas wanted.", "need": "It is dark."}


def new(client, **changes):
    page = client.get("/calls/new/")
    return client.post("/calls/new/", filled(page.context["form"], **{**WORDS, **changes}))


def test_a_call_is_made_and_published_on_one_page(client, coordinator):
    goal, owner = GoalFactory(), OrganisationFactory()
    answer = new(client, do="publish", goal=goal.pk, owner=owner.pk)
    call = Call.objects.get()
    assert answer.url == "/calls/light-in-the-dark/"
    assert (call.state, call.goal, call.owner) == ("published", goal, owner)
    assert [window.kind for window in queries.windows_of(call)] == ["entry", "decision"]


def test_the_form_says_what_publishing_needs_and_what_is_optional(client, coordinator):
    form = client.get("/calls/new/").context["form"]

    needed = [name for name in form.fields if hasattr(form.fields[name], "needed_words")]
    assert needed == ["need", "entry_opens", "entry_closes"]
    assert "(needed before publishing)" in form["need"].as_field_group()
    assert "(optional)" in form["offer"].as_field_group()
    assert "(" not in re.sub(r"<[^>]*>", "", form["title"].as_field_group())


def test_a_call_without_its_need_is_kept_as_a_draft_and_says_what_it_lacks(client, coordinator):
    answer = new(client, do="publish", need="")
    page = client.get(answer.url)
    assert Call.objects.get().state == "draft"
    assert page.context["missing"] == ["what is needed and why"]
    assert "it needs: what is needed and why." in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"summary": "x" * 401}, "summary", None),
        ({"summary": "<b>x</b>"}, "summary", None),
        ({"slug": "entries"}, "slug", "“entries” is taken. Write another address."),
        ({"slug": "taken"}, "slug", "“taken” is taken. Write another address."),
        ({"title": "光"}, "slug", "Write an address: none can be made from this title."),
        (
            {"entry_closes": "tomorrow"},
            "entry_closes",
            "Write a day and a time like 2026-05-31 16:00.",
        ),
        ({"entry_closes": "2001-01-01T10:00"}, "entry_closes", "It must close after it opens."),
        ({"entry_closes": ""}, "entry_closes", "Write both times, or neither."),
        (
            {"decision_opens": "2001-01-01T10:00"},
            "decision_opens",
            "This opens before “sending ideas” opens.",
        ),
        ({"entrants": "robots"}, "entrants", None),
    ],
)
def test_a_mistake_is_said_at_its_field_and_the_text_stays(
    client, coordinator, changes, field, words
):
    CallFactory(slug="taken")
    page = new(client, **changes)
    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, [field])
    assert words in {None, form.errors[field][0]}
    assert form["need"].value() == "It is dark."
    assert Call.objects.count() == 1


@pytest.mark.parametrize(
    "page", ["manage", "edit", "phases", "questions", "categories", "publish", "close", "reopen"]
)
@pytest.mark.parametrize("who", [Role.RESIDENT, Role.STAFF, Role.REVIEWER])
def test_pages_of_coordinators_are_closed_to_others(client, page, who):
    call = CallFactory()
    client.force_login(person_with(who))
    send = client.post if page in {"publish", "close", "reopen"} else client.get
    assert send(f"/calls/{call.slug}/{page}/").status_code == 403


@pytest.mark.parametrize("page", ["manage", "edit", "phases", "questions", "categories"])
def test_a_person_without_account_signs_in_first(client, page):
    address = f"/calls/{CallFactory().slug}/{page}/"
    assert client.get(address).url == f"/accounts/login/?next={address}"


def test_two_coordinators_see_both_texts(client, coordinator):
    call = CallFactory()
    address = f"/calls/{call.slug}/edit/"
    mine, theirs = (client.get(address).context["form"] for _ in range(2))
    client.post(address, filled(theirs, need="Their need"))
    page = client.post(address, filled(mine, need="My need"))
    assert page.status_code == 409
    assert "Their need" in page.content.decode()
    assert page.context["form"]["need"].value() == "My need"
    client.post(address, filled(page.context["form"]))
    call.refresh_from_db()
    assert call.need == "My need"


def test_phases_are_changed(client, coordinator):
    call = CallFactory(state="draft")
    address = f"/calls/{call.slug}/phases/"
    form = client.get(address).context["form"]
    values = filled(form, review_opens="2026-06-01T09:00", review_closes="2026-06-30T16:00")
    assert client.post(address, values).url == f"/calls/{call.slug}/manage/"
    assert [window.kind for window in queries.windows_of(call)] == ["entry", "review"]


def test_phases_changed_meanwhile_are_shown(client, coordinator):
    call = CallFactory()
    address = f"/calls/{call.slug}/phases/"
    values = filled(client.get(address).context["form"])
    Call.objects.update(version=2)
    page = client.post(address, values)
    assert page.status_code == 409
    assert page.context["form"]["version"].value() == "2"


def rows(page, **changes):
    formset = page.context["rows"]
    values = {"version": str(page.context["version"])}
    for form in (formset.management_form, *formset):
        values |= {field.html_name: _typed(field.value()) for field in form}
    return {**values, **changes}


def test_questions_are_written_ordered_and_taken_away(client, coordinator):
    call = CallFactory(state="draft")
    QuestionFactory(call=call, label="First")
    QuestionFactory(call=call, label="Second")
    address = f"/calls/{call.slug}/questions/"
    changes = {
        "questions-0-DELETE": "on",
        "questions-2-label": "How many?",
        "questions-2-kind": "number",
        "questions-2-ORDER": "0",
        "next": "more",
    }
    assert client.post(address, rows(client.get(address), **changes)).url == address
    labels = list(call.questions.order_by("position").values_list("label", "kind"))
    assert labels == [("How many?", "number"), ("Second", "short")]


def test_a_choice_needs_choices(client, coordinator):
    call = CallFactory()
    address = f"/calls/{call.slug}/questions/"
    changes = {"questions-0-label": "Bus?", "questions-0-kind": "choice"}
    page = client.post(address, rows(client.get(address), **changes))
    assert page.status_code == 422
    assert page.context["rows"][0].errors == {
        "choices": ["Write at least two choices, one a line."]
    }
    assert page.context["rows"][0]["label"].value() == "Bus?"


def test_a_question_with_answers_is_not_taken_away(client, coordinator):
    question = QuestionFactory(label="Who?")
    entry = EntryFactory(call=question.call)
    entry.responses.create(question=question, language="en", text="Readers")
    address = f"/calls/{question.call.slug}/questions/"
    page = client.post(address, rows(client.get(address), **{"questions-0-DELETE": "on"}))
    assert page.status_code == 422
    assert "“Who?” has answers from people" in page.content.decode()


def test_rows_changed_meanwhile_are_shown(client, coordinator):
    call = CallFactory(state="draft")
    address = f"/calls/{call.slug}/questions/"
    values = rows(client.get(address), **{"questions-0-label": "Mine"})
    client.post(address, rows(client.get(address), **{"questions-0-label": "Theirs"}))
    page = client.post(address, values)
    assert page.status_code == 409
    assert "Theirs" in page.content.decode()
    assert page.context["rows"][0]["label"].value() == "Mine"


def test_categories_are_written(client, coordinator):
    call = CallFactory(state="draft")
    CategoryFactory(call=call, slug="city", title="City", published_entry_count=7)
    address = f"/calls/{call.slug}/categories/"
    changes = {"categories-1-title": "City", "categories-2-title": "School"}
    client.post(address, rows(client.get(address), **changes))
    stored = call.categories.order_by("position")
    assert list(stored.values_list("slug", "title", "published_entry_count")) == [
        ("city", "City", 7),
        ("city-2", "City", None),
        ("school", "School", None),
    ]


def test_publish_close_and_publish_again(client, coordinator):
    call = CallFactory(state="draft")
    for act, state in (("publish", "published"), ("close", "closed"), ("reopen", "published")):
        assert client.post(f"/calls/{call.slug}/{act}/").status_code == 302
        call.refresh_from_db()
        assert call.state == state
        assert client.get(f"/calls/{call.slug}/manage/").status_code == 200


def test_a_change_of_state_that_is_not_possible_says_so(client, coordinator):
    assert client.post(f"/calls/{CallFactory().slug}/publish/").status_code == 409


@pytest.fixture
def reviewer(client):
    person = member_of(OrganisationFactory(), Role.REVIEWER)
    client.force_login(person)
    return person


def idea_for(reviewer, **more):
    owner = reviewer.memberships.get().organisation
    return EntryFactory(call=CallFactory(owner=owner), **more)


def answer_to(client, entry, **changes):
    address = f"{entry.get_absolute_url()}answer/"
    form = client.get(address).context["form"]
    values = {"outcome": "refused", "text": "It costs too much.", "language": "en", **changes}
    return client.post(address, filled(form, **values))


def test_an_idea_is_answered_from_the_list(client, reviewer):
    entry = idea_for(reviewer)
    assert f"{entry.get_absolute_url()}answer/" in client.get("/calls/answers/").content.decode()
    assert answer_to(client, entry).url == entry.get_absolute_url()
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "It costs too much." in page
    assert "does not go forward" in page
    assert entry.title not in client.get("/calls/answers/").content.decode()
    assert entry.title in client.get(entry.call.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "perhaps"}, "outcome"),
        ({"text": "<p>No</p>"}, "text"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_a_mistake_in_an_answer_is_said_at_its_field(client, reviewer, changes, field):
    page = answer_to(client, idea_for(reviewer), **changes)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert Answer.objects.count() == 0


def test_an_idea_changed_while_it_is_answered_is_shown(client, reviewer):
    entry = idea_for(reviewer)
    address = f"{entry.get_absolute_url()}answer/"
    values = {"outcome": "refused", "text": "No.", "language": "en"}
    values = filled(client.get(address).context["form"], **values)
    type(entry).objects.update(version=2, summary="Now much cheaper")
    page = client.post(address, values)
    assert page.status_code == 409
    assert "Now much cheaper" in page.content.decode()
    assert page.context["form"]["text"].value() == "No."
    client.post(address, filled(page.context["form"]))
    assert Answer.objects.get().text == "No."


def test_others_do_not_answer(client, reviewer):
    entry = EntryFactory(call=CallFactory(owner=OrganisationFactory()))
    assert client.get(f"{entry.get_absolute_url()}answer/").status_code == 403
    client.force_login(person_with(Role.STAFF))
    assert client.get("/calls/answers/").status_code == 403


def test_a_new_call_opens_tomorrow_for_six_weeks(client, coordinator):
    form = client.get("/calls/new/").context["form"]
    opens, closes = form["entry_opens"].value(), form["entry_closes"].value()
    assert opens.date() == timezone.localdate() + timedelta(days=1)
    assert closes.date() - opens.date() == timedelta(weeks=6)


def test_a_call_that_opens_later_is_shown_so(client):
    call = CallFactory(entry_phase=None)
    start = timezone.now() + timedelta(days=1)
    PhaseFactory(call=call, opens_at=start, closes_at=start + timedelta(days=1))
    page = client.get(call.get_absolute_url())
    assert (page.context["stage"].value, page.context["is_open"]) == ("upcoming", False)
