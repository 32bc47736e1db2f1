"""The whole path of the loop in a real browser, without a mouse, in three languages, with axe on every page.

A coordinator in Finnish, a resident in Swedish, and an expert and a juror in English take the Mayor's Innovation
Competition from its template to an award, make an experiment of the winner, freeze its plan, measure, publish evidence,
decide, and move the strategy; the resident then hears of it and sees the whole chain.

Everything is done by the keyboard alone: see `tests.e2e.keyboard`. Pages are reached by their links where a person
would follow one, else by their address. Each page that is looked at is looked at in its reader's language, and
afterwards in the two others.
"""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.keyboard import Hands
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.places import PlaceFactory
from tests.factories.strategy import GoalFactory
from vuoksi.base.people.models import Role
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.decisions.models import Decision
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.juries.models import Panel, Review
from vuoksi.strategy.models import Action

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = ("fi", "sv", "en")
CALL = "/calls/mayors-competition/"
WINNER = "Låna ett första jobb"
OTHER = "A pain group that walks"
EXPERIMENT = "Ensimmäisen työn laina"
DECISION = "Työpäiviä lainataan kaikista kirjastoista"
ACTION = "Lainattava työpäivä joka kirjastoon"


class Eyes:
    """What axe says of each page: in its reader's language at once, in the two others when the journey is over."""

    def __init__(self, axe):
        self.axe = axe
        self.faults = {}
        self.seen = {}
        self.kinds = set()

    def look(self, hands):
        """Look at the page that is open, of all reviews and all entries at one."""
        url = re.sub(r"^http://[^/]+|#.*$", "", hands.page.url)
        kind = hands.language, re.sub(r"\d+", "N", url)
        if kind not in self.kinds:
            self.kinds.add(kind)
            self.note(url, hands.language, hands.page)
            self.seen[url] = hands

    def look_in_other_languages(self):
        for url, hands in self.seen.items():
            # In a tab that may meet refusals: what is over by now (a fixed plan, a closed call) is not seen again.
            page = hands.page.context.new_page()
            for language in LANGUAGES:
                if language == hands.language:
                    continue
                cookie = {"name": "django_language", "value": language}
                site = re.match(r"http://[^/]+", hands.page.url)[0]
                hands.page.context.add_cookies([{**cookie, "url": site}])
                if page.goto(url).ok:
                    self.note(url, language, page)
            page.close()

    def note(self, url, language, page):
        found = self.axe(page)
        spoken = page.locator("html").get_attribute("lang")
        if spoken != language:
            found.append(("spoken", [spoken]))
        if found:
            self.faults[language, url] = found


@pytest.fixture
def city():
    """A goal, a place and a unit, as every city has them."""
    GoalFactory(title="Nuoret pääsevät töihin", language="fi")
    PlaceFactory(name="Tapiolan kirjasto")
    OrganisationFactory(name="Kirjastopalvelut", kind="city_unit")


@pytest.fixture
def people(open_page):
    """Each person's hands, in a browser of their own in which they are signed in."""
    spoken = {
        "coordinator": "fi",
        "resident": "sv",
        "neighbour": "en",
        "expert": "en",
        "mayor": "en",
    }
    found = {}
    for name, language in spoken.items():
        roles = [Role.COORDINATOR] if name == "coordinator" else []
        user = UserFactory(
            name=name.title(), language=language, roles=roles, email=f"{name}@city.example"
        )
        found[name] = Hands(open_page("/about/", user=user, language=language), language)
        found[name].user = user
    return found


def test_the_whole_path(people, city, axe, tmp_path):
    eyes = Eyes(axe)
    lead, resident = people["coordinator"], people["resident"]
    open_call(lead, eyes)
    enter(resident, eyes, WINNER, "Unga lånar en arbetsdag såsom man lånar en bok.")
    enter(people["neighbour"], eyes, OTHER, "A group that walks instead of sitting.")
    nobody_reads_a_sealed_idea(lead)
    close_sending()
    jurors = [people["expert"], people["mayor"]]
    experts_judge(lead, jurors, eyes)
    jury_ranks(lead, jurors, eyes)
    read_the_results(resident, eyes)
    answer(lead, eyes)
    plan(lead, eyes)
    start(lead, eyes)
    measure(lead, eyes, tmp_path)
    conclude(lead, eyes)
    decide(lead, eyes)
    hear_and_see_the_chain(resident, eyes)
    eyes.look_in_other_languages()

    assert eyes.faults == {}
    assert [hands.unseen for hands in people.values()] == [[]] * len(people)


def go(hands, address):
    hands.page.goto(address)


def open_call(hands, eyes):
    """The template, its draft, and the call before everybody."""
    go(hands, "/calls/kinds/")
    eyes.look(hands)
    hands.press(hands.link("innovation competition"))
    eyes.look(hands)
    hands.write("slug", "mayors-competition")
    hands.date("first_day", timezone.localdate() - timedelta(days=1))
    hands.choose("goal", "Nuoret")
    hands.press(hands.button("Make the draft"))
    eyes.look(hands)
    hands.press(hands.button("Publish"))
    assert Call.objects.get().state == "published"


def enter(hands, eyes, title, summary):
    """An idea: read over, sent, and sealed for all others."""
    go(hands, CALL)
    eyes.look(hands)
    hands.press(hands.link("Send your idea"))
    eyes.look(hands)
    hands.write("title", title)
    hands.write("summary", summary)
    hands.reach(hands.field("category"))
    hands.page.keyboard.press("ArrowDown")
    for field in hands.page.locator("#write [name^=q_]").all():
        hands.reach(field)
        hands.page.keyboard.type("Ennen 40, jälkeen 212.")
    hands.press(hands.button("Look it over first"))
    eyes.look(hands)
    hands.press(hands.button("Send the idea"))
    expect(hands.page.get_by_text(hands.said("This idea is sealed"))).to_be_visible()
    eyes.look(hands)


def nobody_reads_a_sealed_idea(hands):
    go(hands, CALL)
    expect(hands.page.get_by_text(hands.said("The ideas are sealed"))).to_be_visible()
    assert hands.page.get_by_text(WINNER).count() == 0
    sealed = Entry.objects.get(title=WINNER).get_absolute_url()
    assert hands.page.request.get(sealed).status == 404


def close_sending():
    """Time passes: sending is over, and the clock opens the seal."""
    Call.objects.get().phases.filter(kind="entry").update(
        closes_at=timezone.now() - timedelta(hours=1)
    )
    call_command("tick")
    assert set(Entry.objects.values_list("state", flat=True)) == {"submitted"}


def seat(hands, eyes, people):
    """Give seats on the panel whose page is open."""
    hands.press(hands.link("Jurors"))
    for person in people:
        eyes.look(hands)
        hands.write("email", person.user.email)
        hands.press(hands.button("Give a seat"))


def experts_judge(lead, jurors, eyes):
    """Two experts score both ideas; the scores are locked and ranked, and the finalists named."""
    panel = Panel.objects.get(way="scores", category__slug="in-use")
    go(lead, panel.get_absolute_url())
    eyes.look(lead)
    seat(lead, eyes, jurors)
    go(lead, panel.get_absolute_url())
    lead.press(lead.button("Open the panel"))
    lead.press(lead.button("Divide the ideas among the jurors"))
    for juror in jurors:
        for title, points in ((WINNER, "5"), (OTHER, "2")):
            score(juror, eyes, panel, title, points)
    assert list(Review.objects.values_list("state", flat=True)) == ["sent"] * 4
    keep_the_weights(lead, panel)
    rank_and_conclude(lead, eyes, panel)


def keep_the_weights(hands, panel):
    """After the freeze no weight changes without a reason, and the page of a draft is closed."""
    assert hands.page.request.get(f"/panels/{panel.pk}/criteria/").status == 403
    before = list(panel.criteria.values_list("weight", flat=True))
    go(hands, f"/panels/{panel.pk}/rules/")
    hands.write("criteria-0-weight", "9")
    # The browser asks for the reason by itself; here the city is to ask.
    hands.page.locator("form.form").evaluate("form => form.noValidate = true")
    hands.press(hands.button("Publish the change"))
    assert list(panel.criteria.values_list("weight", flat=True)) == before


def score(hands, eyes, panel, title, points):
    go(hands, panel.get_absolute_url())
    eyes.look(hands)
    hands.press(hands.link(title))
    eyes.look(hands)
    for criterion in panel.criteria.all():
        hands.pick(f"criterion-{criterion.pk}", points)
    hands.write("to_author", "Clear and well told.")
    hands.press(hands.button("Send"))


def rank_and_conclude(hands, eyes, panel, *, award=""):
    go(hands, panel.get_absolute_url())
    hands.press(hands.button("Lock the scores"))
    go(hands, panel.get_absolute_url())
    hands.press(hands.button("Compute the ranking"))
    go(hands, f"/panels/{panel.pk}/standings/")
    eyes.look(hands)
    go(hands, panel.get_absolute_url())
    hands.press(hands.link("Name the winners"))
    eyes.look(hands)
    if award:
        hands.write(f"award-{Entry.objects.get(title=WINNER).pk}", award)
    hands.press(hands.button("Publish the results"))


def jury_ranks(lead, jurors, eyes):
    """The city's jury puts the finalists in an order by the strategy, and the winner gets the prize."""
    panel = Panel.objects.get(way="ranks", category__slug="in-use")
    go(lead, panel.get_absolute_url())
    seat(lead, eyes, jurors)
    go(lead, f"/panels/{panel.pk}/ideas/")
    eyes.look(lead)
    lead.press(lead.button("Save"))
    go(lead, panel.get_absolute_url())
    lead.press(lead.button("Open the panel"))
    for juror in jurors:
        go(juror, panel.get_absolute_url())
        juror.press(juror.link("Put the finalists in an order"))
        eyes.look(juror)
        for title, place in ((WINNER, "1"), (OTHER, "2")):
            juror.choose(f"entry-{Entry.objects.get(title=title).pk}", place)
        juror.press(juror.button("Send"))
    rank_and_conclude(lead, eyes, panel, award="Ensimmäinen palkinto")


def read_the_results(hands, eyes):
    """Whoever sent an idea reads who won and what the jury said of it; the page of recognition can be printed."""
    go(hands, f"{CALL}awards/")
    expect(hands.page.get_by_text("Ensimmäinen palkinto")).to_be_visible()
    eyes.look(hands)
    hands.page.emulate_media(media="print")
    expect(hands.page.get_by_role("contentinfo")).not_to_be_visible()
    hands.page.emulate_media(media="screen")
    go(hands, f"{CALL}results/")
    eyes.look(hands)
    hands.press(hands.link(WINNER))
    hands.press(hands.link("What the jury said"))
    expect(hands.page.get_by_text("Clear and well told.").first).to_be_visible()
    eyes.look(hands)


def answer(hands, eyes):
    go(hands, Entry.objects.get(title=WINNER).get_absolute_url())
    hands.press(hands.link("Answer"))
    eyes.look(hands)
    hands.pick("outcome", "accepted")
    hands.write("text", "Kiitos. Kokeilemme tätä yhdessä kirjastossa.")
    hands.press(hands.button("Publish the answer"))
    assert Entry.objects.get(title=WINNER).state == "accepted"


def plan(hands, eyes):
    """The plan, as the start asks for it."""
    hands.press(hands.link("Make an experiment"))
    eyes.look(hands)
    today = timezone.localdate()
    hands.write("title", EXPERIMENT)
    hands.write("summary", "Kaksikymmentä työpäivää hyllyssä.")
    hands.write("hypothesis", "Nuoret lainaavat työpäivän, kun sen saa helposti.")
    hands.write("users", "Nuoret, jotka asuvat lähellä.")
    hands.write("fit", "Lainataan tiskiltä kuten kirjat.")
    hands.write("benefit", "Useampi saa ensimmäisen työn.")
    hands.choose("testbed", "Tapiolan")
    hands.choose("owner", "Kirjasto")
    hands.date("starts_on", today)
    hands.date("ends_on", today + timedelta(days=60))
    hands.write("budget_eur", "2000")
    hands.write("measure", "Lainat viikossa")
    hands.write("unit", "lainaa")
    hands.pick("better", "up")
    hands.write("baseline", "10")
    hands.choose("design", hands.said("two groups at the same time"))
    hands.write("minimum_effect", "2")
    hands.write("rule", "Laajenna, kun ainakin kaksi lainaa lisää on varmaa.")
    hands.press(hands.button("Save the plan"))


def start(hands, eyes):
    """The plan is fixed: nothing of it can be changed since."""
    experiment = Experiment.objects.get()
    go(hands, experiment.get_absolute_url())
    eyes.look(hands)
    hands.press(hands.link("Fix the plan and start"))
    eyes.look(hands)
    hands.press(hands.button("Fix the plan and start"))
    experiment.refresh_from_db()
    assert (experiment.state, experiment.frozen_at is None) == ("running", False)
    refused = hands.page.request.get(f"{experiment.get_absolute_url()}edit/")
    assert refused.status == 403


def measure(hands, eyes, folder):
    """A file of measurements with a fault, which is named; then the whole one, previewed and added."""
    experiment = Experiment.objects.get()
    day = timezone.localdate().isoformat()
    rows = [f"control,c{n},{day},{10 + n % 3}" for n in range(10)]
    rows += [f"treatment,t{n},{day},{16 + n % 3}" for n in range(10)]
    for name, lines in (("broken", [*rows[:-1], f"treatment,t9,{day},many"]), ("whole", rows)):
        file = folder / f"{name}.csv"
        file.write_text("\n".join(["arm,unit,day,value", *lines]) + "\n")
        go(hands, f"{experiment.get_absolute_url()}measurements/import/")
        hands.give_file("file", file)
        hands.press(hands.button("Show what would be added"))
        eyes.look(hands)
        if name == "broken":
            expect(hands.page.locator(".faults li")).to_have_count(1)
    hands.press(hands.button("Add these measurements"))
    assert experiment.measurements.count() == len(rows)


def conclude(hands, eyes):
    """The experiment ends, its effect is computed, and what it shows is published."""
    experiment = Experiment.objects.get()
    go(hands, f"{experiment.get_absolute_url()}end/")
    eyes.look(hands)
    hands.press(hands.button("End the experiment"))
    go(hands, experiment.get_absolute_url())
    hands.press(hands.button("Compute the effect"))
    eyes.look(hands)
    hands.press(hands.link("Publish as evidence…"))
    eyes.look(hands)
    hands.write("claim", "Työpäiviä lainataan kuusi enemmän viikossa.")
    hands.write("limits", "Yksi kirjasto, yksi päivä.")
    hands.press(hands.button("Publish"))


def decide(hands, eyes):
    """The decision rests on the evidence, follows the rule that was fixed, and opens an action."""
    go(hands, Experiment.objects.get().get_absolute_url())
    hands.press(hands.link("Record a decision"))
    eyes.look(hands)
    hands.pick("kind", "scale")
    hands.write("title", DECISION)
    hands.write("reasons", "Se toimi, ja se maksaa vähän.")
    hands.tick(hands.field("evidence"))
    hands.write("decided_by", "Kirjastopalvelujen johtaja")
    hands.date("decided_on", timezone.localdate())
    hands.press(hands.button("Save the draft"))
    eyes.look(hands)
    hands.press(hands.link("Publish…"))
    eyes.look(hands)
    hands.pick("move", "open")
    hands.choose("goal", "Nuoret")
    hands.write("action_title", ACTION)
    hands.write("action_summary", "Hylly työpäiviä jokaiseen kirjastoon.")
    hands.press(hands.button("Publish"))
    decision = Decision.objects.get()
    assert (decision.state, decision.goes_against_rule) == ("published", False)
    assert decision.action == Action.objects.get(title=ACTION)


def hear_and_see_the_chain(hands, eyes):
    """The resident is told of every step, with the chain, and follows it to the action."""
    go(hands, "/me/notices/")
    eyes.look(hands)
    hands.press(hands.link(DECISION))
    eyes.look(hands)
    hands.press(hands.link("See the whole chain"))
    eyes.look(hands)
    links = hands.page.locator("main a").evaluate_all("all => all.map(a => a.pathname)")
    steps = [row.get_absolute_url() for row in (
        Call.objects.get(), Entry.objects.get(title=WINNER), Experiment.objects.get(), Decision.objects.get(),
        Action.objects.get(),
    )]  # fmt: skip
    assert [step for step in steps if step not in links] == []
    hands.press(hands.link(ACTION))
    eyes.look(hands)
