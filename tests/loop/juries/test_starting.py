"""Panels that come with a template, and the whole competition: what cannot be done on its way."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from tests.factories.calls import NOW, CategoryFactory, EntryFactory
from tests.factories.panels import CriterionFactory, JurorFactory, PanelFactory, ReviewFactory
from tests.factories.people import UserFactory, person_with
from tests.loop.juries.test_actions import ranked
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.texts.queries import in_language
from vuoksi.loop.calls.actions import start_from_template
from vuoksi.loop.calls.models import Call
from vuoksi.loop.calls.recipes import LANGUAGES, RECIPES
from vuoksi.loop.juries import actions, queries, rules
from vuoksi.loop.juries.models import Panel, Review
from vuoksi.loop.juries.pictures import proposed_finalists, published_rows
from vuoksi.loop.juries.recipes import BENCHES

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# Sending is over.
AFTER = NOW + 8 * DAY


def started(kind, by, language="en"):
    return start_from_template(
        kind=kind, slug=kind, title=RECIPES[kind].title[language], language=language,
        first_day=date(2026, 5, 4), by=by, at=NOW - 30 * DAY,
    )  # fmt: skip


def test_the_competition_has_two_stages_in_each_of_two_categories(coordinator):
    call = started("competition", coordinator)
    rows = [(row.category.slug, row.way) for row in queries.panels_of(call)]
    assert rows == [
        ("in-use", "scores"),
        ("potential", "scores"),
        ("in-use", "ranks"),
        ("potential", "ranks"),
    ]
    assert {row.state for row in queries.panels_of(call)} == {"draft"}


@pytest.mark.parametrize("kind", RECIPES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_criteria_come_with_words_for_every_point_in_every_language(coordinator, kind, language):
    call = started(kind, coordinator, language)
    expected = [
        (one.label, one.weight) for bench in BENCHES.get(kind, ()) for one in bench.criteria
        for _ in range(2 if bench.each_category else 1)
    ]  # fmt: skip
    found = [row for panel in queries.panels_of(call) for row in queries.criteria_of(panel)]
    assert sorted(row.weight for row in found) == sorted(weight for _label, weight in expected)
    for row in found:
        lengths = {len(queries.lines(str(in_language(row, "anchors", code)))) for code in LANGUAGES}
        assert lengths == {5}
    ends = call.phases.get(kind="entry").closes_at
    assert [panel for panel in queries.panels_of(call) if panel.due_at <= ends] == []


def test_guidance_is_frozen_with_the_rules_and_shown_to_the_jury(client, coordinator):
    panel = PanelFactory(way="ranks", guidance="By the strategy of the city.")
    assert queries.rules_data(panel)["guidance"] == "By the strategy of the city."
    juror = JurorFactory(panel=panel)
    JurorFactory(panel=panel)
    panel.entries.set(EntryFactory.create_batch(2, call=panel.call))
    actions.open_panel(panel=panel, by=coordinator, at=AFTER)
    client.force_login(juror.user)
    for address in (panel.get_absolute_url(), f"/panels/{panel.pk}/order/"):
        assert "By the strategy of the city." in client.get(address).content.decode()


def scored(panel, by, django_capture_on_commit_callbacks, best):
    """Let three jurors score all entries, `best` highest; lock and rank."""
    JurorFactory.create_batch(3, panel=panel)
    actions.open_panel(panel=panel, by=by, at=AFTER)
    for juror in panel.jurors.all():
        for entry in panel.entries.all():
            review = ReviewFactory(juror=juror, entry=entry)
            points = {row.pk: 5 if entry in best else 1 for row in queries.criteria_of(panel)}
            actions.send_review(
                review=review, scores=points, to_author="Well told.", to_jury="", version=1,
                by=juror.user, at=NOW,
            )  # fmt: skip
    actions.lock_panel(panel=panel, by=by, at=NOW)
    return ranked(panel, by, django_capture_on_commit_callbacks)


@pytest.fixture
def judged(coordinator, django_capture_on_commit_callbacks):
    """A locked panel with a ranking: the first two of four entries lead."""
    panel = PanelFactory(places=2, position=0)
    CriterionFactory(panel=panel)
    entries = EntryFactory.create_batch(4, call=panel.call)
    scored(panel, coordinator, django_capture_on_commit_callbacks, entries[:2])
    panel.refresh_from_db()
    return panel


def test_the_experts_places_are_proposed_as_finalists(client, coordinator, judged):
    jury = PanelFactory(call=judged.call, way="ranks", position=1)
    best = [row.pk for row in judged.entries.order_by("pk")[:2]]
    assert sorted(proposed_finalists(jury)) == best
    client.force_login(coordinator)
    page = client.get(f"/panels/{jury.pk}/ideas/")
    assert sorted(page.context["form"]["entries"].value()) == best
    other = PanelFactory(call=judged.call, way="ranks", category=CategoryFactory(call=judged.call))
    assert proposed_finalists(other) == []


def test_only_given_places_are_published(client, coordinator, judged):
    assert client.get(f"/api/panels/{judged.pk}").status_code == 404
    assert client.get(f"/panels/{judged.pk}/ranking.csv").status_code == 404
    winner = judged.entries.order_by("pk").first()
    actions.conclude_panel(
        panel=judged, awards={winner: "First prize"}, citations={winner: "For its light."},
        by=coordinator, at=NOW,
    )  # fmt: skip
    winner.refresh_from_db()
    assert (winner.award, winner.citation) == ("First prize", "For its light.")
    shown = client.get(f"/api/panels/{judged.pk}").json()
    assert (shown["places"], shown["entries"], shown["reviews_sent"]) == (2, 4, 12)
    assert shown["rules"][0]["digest"] == queries.current_rules(judged).digest
    places = client.get(f"/api/panels/{judged.pk}/ranking").json()
    assert {row["entry"] for row in places} == {row.pk for row in judged.entries.order_by("pk")[:2]}
    assert client.get("/api/panels/").json()["count"] == 1
    assert client.get(f"/api/panels/?call={judged.call.slug}").json()["count"] == 1
    assert client.get("/api/panels/?call=other").json()["count"] == 0
    file = client.get(f"/panels/{judged.pk}/ranking.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [int(row["entry"]) for row in rows] == [row["entry"] for row in places]
    winner.visibility, winner.hidden_at, winner.hidden_reason = "hidden", NOW, "insult"
    winner.save()
    assert winner.pk not in {row.entry.pk for row in published_rows(judged)}


def test_the_export_of_scores_is_for_coordinators_and_on_record(client, coordinator, judged):
    client.force_login(judged.jurors.first().user)
    assert client.post(f"/panels/{judged.pk}/scores.csv").status_code == 403
    client.force_login(coordinator)
    assert client.get(f"/panels/{judged.pk}/scores.csv").status_code == 405
    file = client.post(f"/panels/{judged.pk}/scores.csv").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(file)))) == 12
    rows = AuditEntry.objects.filter(verb="juries.export_scores")
    assert [(row.actor_id, row.details) for row in rows] == [(coordinator.pk, {"rows": 12})]


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", Panel.State.values)
def test_who_takes_scores_out(who, state):
    person = UserFactory() if who is None else person_with(who)
    allowed = who in {Role.COORDINATOR, Role.ADMINISTRATOR} and state in {"locked", "concluded"}
    assert rules.may_export_scores(person, PanelFactory(state=state)) == allowed


def test_nobody_is_left_without_the_jurys_words(coordinator, django_capture_on_commit_callbacks):
    panel = PanelFactory(places=1)
    CriterionFactory(panel=panel)
    by_letter = EntryFactory(call=panel.call, author=None, author_email="letter@example.org")
    by_account = EntryFactory(call=panel.call)
    scored(panel, coordinator, django_capture_on_commit_callbacks, [by_account])
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.conclude_panel(panel=panel, awards={}, by=coordinator, at=NOW)
    told = Notice.objects.filter(kind="juries.entry_judged").values_list("user", flat=True)
    assert by_account.author_id in told
    [letter] = [one for one in mail.outbox if "Well told." in one.body]
    assert (letter.to, by_letter.title in letter.subject) == (["letter@example.org"], True)
    juror = panel.jurors.first().user
    assert juror.name not in letter.body


def test_missing_reviews_are_named(client, coordinator):
    panel = PanelFactory(reviews_wanted=2)
    CriterionFactory(panel=panel)
    JurorFactory.create_batch(2, panel=panel)
    bare, half = EntryFactory.create_batch(2, call=panel.call)
    actions.open_panel(panel=panel, by=coordinator, at=AFTER)
    ReviewFactory(juror=panel.jurors.first(), entry=half, state=Review.State.SENT, sent_at=NOW)
    assert queries.short_entries(panel) == [(bare, 2), (half, 1)]
    client.force_login(coordinator)
    assert (
        "2 ideas have fewer reviews than wanted"
        in client.get(panel.get_absolute_url()).content.decode()
    )


def test_the_clock_reminds_the_late_once(coordinator):
    panel = PanelFactory(due_at=NOW - DAY)
    CriterionFactory(panel=panel)
    late = JurorFactory.create_batch(2, panel=panel)[0]
    EntryFactory(call=panel.call)
    panel.call.phases.update(closes_at=NOW - 3 * DAY)
    actions.open_panel(panel=panel, by=coordinator, at=NOW - 2 * DAY)
    ReviewFactory(juror=late, entry=panel.entries.get())
    for _ in range(2):
        call_command("tick")
    due = Notice.objects.filter(kind="juries.reviews_due")
    assert list(due.values_list("user", flat=True)) == [late.user_id]


def test_a_panel_opens_what_is_sealed_and_due(coordinator):
    panel = PanelFactory(call__is_sealed=True)
    CriterionFactory(panel=panel)
    JurorFactory.create_batch(2, panel=panel)
    EntryFactory(call=panel.call, state="sealed")
    actions.open_panel(panel=panel, by=coordinator, at=AFTER)
    assert Call.objects.get().unsealed_at == AFTER
    assert [row.state for row in panel.entries.all()] == ["submitted"]


def test_a_panel_does_not_open_on_sealed_ideas(coordinator):
    panel = PanelFactory(call__is_sealed=True)
    CriterionFactory(panel=panel)
    JurorFactory.create_batch(2, panel=panel)
    EntryFactory(call=panel.call, state="sealed")
    assert queries.missing_before_opening(panel, NOW) == ["sending", "entries"]


def test_ones_own_entry_is_scored_by_nobody(coordinator):
    panel = PanelFactory()
    CriterionFactory(panel=panel)
    author = JurorFactory(panel=panel).user
    JurorFactory(panel=panel)
    own = EntryFactory(call=panel.call, author=author)
    actions.open_panel(panel=panel, by=coordinator, at=AFTER)
    review = ReviewFactory(juror=panel.jurors.get(user=author), entry=own)
    with pytest.raises(NotAllowed):
        actions.send_review(
            review=review, scores={}, to_author="", to_jury="", version=1, by=author, at=NOW
        )
