"""Kinds of call: each template is whole in three languages and can be published as it stands."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from tests.factories.calls import (
    NOW,
    CallFactory,
    DraftFactory,
    EntryFactory,
    GoalFactory,
    QuestionFactory,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.texts.queries import in_language
from vuoksi.loop.calls import actions, queries
from vuoksi.loop.calls.forms import EntryForm
from vuoksi.loop.calls.models import Call
from vuoksi.loop.calls.recipes import LANGUAGES, RECIPES
from vuoksi.loop.calls.refusals import NotReady

pytestmark = pytest.mark.django_db
FIRST = date(2026, 6, 1)


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


def start(kind, by, **more):
    values = {
        "slug": kind,
        "title": RECIPES[kind].title["en"],
        "language": "en",
        "first_day": FIRST,
    }
    return actions.start_from_template(kind=kind, by=by, at=NOW, **{**values, **more})


def texts_of(recipe):
    yield from (
        recipe.title,
        recipe.summary,
        recipe.need,
        recipe.offer,
        *recipe.categories.values(),
    )
    for ask in recipe.questions:
        yield from (text for text in (ask.label, ask.hint, ask.choices) if text is not None)


def test_every_kind_has_a_template():
    assert set(RECIPES) == set(Call.Kind.values)


@pytest.mark.parametrize("kind", RECIPES)
def test_every_text_is_there_in_every_language(kind):
    recipe = RECIPES[kind]
    assert [text for text in texts_of(recipe) if set(text) != set(LANGUAGES)] == []
    assert [text for text in texts_of(recipe) if not all(text.values())] == []
    choices = [ask.choices for ask in recipe.questions if ask.choices]
    assert [
        text for text in choices if len({len(t.splitlines()) for t in text.values()}) != 1
    ] == []
    assert max(len(recipe.summary[code]) for code in LANGUAGES) <= 400


@pytest.mark.parametrize("kind", RECIPES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_started_call_can_be_published_at_once(coordinator, kind, language):
    recipe = RECIPES[kind]
    partners = [OrganisationFactory(kind="partner_city")] if recipe.is_joint else []
    title = recipe.title[language]
    call = start(kind, coordinator, language=language, title=title, partners=partners)
    assert (call.state, call.kind, call.language) == ("draft", kind, language)
    assert call.is_sealed == recipe.is_sealed
    assert call.answers_due_on == FIRST + timedelta(days=recipe.answers_after_days)
    opens = timezone.localtime(call.phases.get(kind="entry").opens_at)
    assert (opens.date(), opens.hour) == (FIRST, 9)
    assert [row.slug for row in call.categories.order_by("position")] == list(recipe.categories)
    actions.publish_call(call=call, by=coordinator, at=NOW)
    for other in LANGUAGES:
        assert str(in_language(call, "title", other)) == recipe.title[other]
    questions = list(call.questions.order_by("position"))
    for row, ask in zip(questions, recipe.questions, strict=True):
        assert [str(in_language(row, "label", code)) for code in LANGUAGES] == [
            ask.label[code] for code in LANGUAGES
        ]


def test_a_title_of_ones_own_is_not_translated(coordinator):
    call = start("ideas", coordinator, title="Ideas for our park")
    assert str(in_language(call, "title", "fi")) == "Ideas for our park"
    assert str(in_language(call, "summary", "fi")) == RECIPES["ideas"].summary["fi"]


def test_a_joint_call_names_its_partners(client, coordinator):
    call = start("joint", coordinator)
    with pytest.raises(NotReady) as refusal:
        actions.publish_call(call=call, by=coordinator, at=NOW)
    assert refusal.value.missing == ["partners"]
    client.force_login(coordinator)
    page = client.post("/calls/kinds/joint/", {"title": "Together", "first_day": "2030-01-01"})
    assert list(page.context["form"].errors) == ["partners"]


def test_only_a_joint_call_has_partners(coordinator):
    cities = OrganisationFactory.create_batch(2, kind="partner_city")
    joint = start("joint", coordinator, partners=cities)
    assert set(joint.partners.all()) == set(cities)
    assert not start("ideas", coordinator, partners=cities).partners.exists()


@pytest.mark.parametrize("who", [Role.RESIDENT, Role.STAFF, Role.REVIEWER])
def test_only_coordinators_start_calls(who):
    with pytest.raises(NotAllowed):
        start("ideas", person_with(who))


def test_a_coordinator_chooses_a_kind_and_makes_the_draft(client, coordinator):
    client.force_login(coordinator)
    unit, goal = OrganisationFactory(kind="city_unit"), GoalFactory()
    chooser = client.get("/calls/kinds/").content.decode()
    assert [kind for kind in RECIPES if f"/calls/kinds/{kind}/" not in chooser] == []
    page = client.get("/calls/kinds/experiments/")
    sent = {"title": page.context["form"]["title"].value(), "first_day": "2026-09-01", "goal": goal.pk, "owner": unit.pk}  # fmt: skip
    assert client.post("/calls/kinds/experiments/", sent).status_code == 302
    call = Call.objects.get()
    assert (call.slug, call.goal, call.owner) == ("call-for-digital-experiments", goal, unit)
    again = client.post("/calls/kinds/experiments/", sent)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["slug"])
    assert client.get("/calls/kinds/nothing/").status_code == 404


def test_the_template_is_written_in_the_readers_language(client, coordinator):
    client.force_login(coordinator)
    coordinator.language = "fi"
    coordinator.save()
    page = client.get("/calls/kinds/ideas/", headers={"accept-language": "fi"})
    with translation.override("fi"):
        assert page.context["form"]["title"].value() in RECIPES["ideas"].title.values()


@pytest.mark.parametrize("address", ["/calls/kinds/", "/calls/kinds/ideas/"])
def test_others_do_not_choose(client, address):
    client.force_login(UserFactory())
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("kind", "said", "wrong"),
    [
        ("money", "12 500", None),
        ("money", "12500 €", None),
        ("money", "7999", "too_little"),
        ("money", "30 000,01", "too_much"),
        ("money", "-1", "not_a_number"),
        ("money", "much", "not_a_number"),
    ],
)
def test_sums_have_limits_that_are_said(kind, said, wrong):
    question = QuestionFactory(kind=kind, low=8_000, high=30_000, is_required=True)
    entry = EntryFactory(call=question.call)
    entry.responses.create(question=question, language="en", text=said)
    found = queries.what_is_wrong(entry)
    assert found == ({} if wrong is None else {f"q_{question.pk}": wrong})
    form = EntryForm(call=question.call)
    assert form.fields[f"q_{question.pk}"].help_text == "In euros. Between €8,000 and €30,000."


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("3", None), ("9", None), ("2", "too_little"), ("10", "too_much"), ("3,5", "not_whole")],
)
def test_lengths_are_whole_months_within_limits(said, wrong):
    question = QuestionFactory(kind="months", low=3, high=9)
    entry = EntryFactory(call=question.call)
    entry.responses.create(question=question, language="en", text=said)
    assert queries.what_is_wrong(entry) == ({} if wrong is None else {f"q_{question.pk}": wrong})


@pytest.mark.parametrize(
    ("money", "months", "wrong"),
    [
        ("8000", "3", []),
        ("30000", "9", []),
        ("7000", "10", ["too_little", "too_much"]),
        ("30001", "2", ["too_much", "too_little"]),
    ],
)
def test_the_call_for_experiments_keeps_its_limits(coordinator, money, months, wrong):
    call = start("experiments", coordinator)
    entry = DraftFactory(call=call)
    said = {"money": money, "months": months}
    for question in call.questions.filter(is_required=True):
        words = said.get(question.kind) or question.choices.partition("\n")[0] or "By us all."
        entry.responses.create(question=question, language="en", text=words)
    assert list(queries.what_is_wrong(entry).values()) == wrong


def test_money_and_months_are_shown_as_such(client):
    call = CallFactory()
    entry = EntryFactory(call=call)
    for kind, said in (("money", "12500"), ("months", "6"), ("number", "3,5"), ("short", "12500")):
        entry.responses.create(
            question=QuestionFactory(call=call, kind=kind), language="en", text=said
        )
    shown = [row.shown for row in queries.responses_of(entry)]
    assert shown == ["€12,500", "6 months", "3.5", ""]
    with translation.override("fi"):
        assert queries.responses_of(entry)[0].shown == "12\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}€"
    assert "€12,500" in client.get(entry.get_absolute_url()).content.decode()


def test_limits_that_cross_are_refused(client, coordinator):
    client.force_login(coordinator)
    call = CallFactory(state="draft")
    sent = {
        "questions-TOTAL_FORMS": 1, "questions-INITIAL_FORMS": 0, "questions-0-label": "Cost?",
        "questions-0-kind": "money", "questions-0-max_length": 200, "questions-0-low": 9,
        "questions-0-high": 8, "version": 1,
    }  # fmt: skip
    page = client.post(f"/calls/{call.slug}/questions/", sent)
    assert list(page.context["rows"][0].errors) == ["high"]
    client.post(f"/calls/{call.slug}/questions/", {**sent, "questions-0-high": 10})
    assert list(call.questions.values_list("kind", "low", "high")) == [("money", 9, 10)]


def test_winners_have_a_page_of_their_own(client):
    call = CallFactory()
    assert client.get(f"/calls/{call.slug}/awards/").status_code == 404
    EntryFactory(call=call, title="Lamps", award="First prize", citation="It lights every evening.")
    EntryFactory(
        call=call,
        title="Hidden",
        award="Second prize",
        visibility="hidden",
        hidden_at=NOW,
        hidden_reason="insult",
    )
    page = client.get(f"/calls/{call.slug}/awards/").content.decode()
    assert [word in page for word in ("Lamps", "First prize", "It lights every evening.", "Hidden")] == [True, True, True, False]  # fmt: skip
