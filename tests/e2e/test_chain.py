"""The whole loop by hand, through the forms that people use: from a call to a decision that moves the strategy."""

import re
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CALL = "How could the library lend things for a day"
IDEA = "Lend tools from the library"
EXPERIMENT = "Tools to lend in Tapiola"
DECISION = "Every library lends tools"
ACTION = "Tools to lend in all libraries"
WRONG_LINE = 17


def test_a_call_becomes_a_decision(visit, city, tmp_path):
    coordinator = signed_in(visit, city, "coordinator")
    resident = signed_in(visit, city, "resident")
    neighbour = signed_in(visit, city, "neighbour")
    reviewer = signed_in(visit, city, "reviewer")

    call = make_call(coordinator)
    idea = send_idea(resident, call)
    talk_about(neighbour, idea)
    see_what_waits(reviewer)
    answer(coordinator, idea)
    experiment = plan_experiment(coordinator, idea)
    start(coordinator, experiment)
    measure(coordinator, experiment, tmp_path)
    conclude(coordinator, experiment)
    decision = decide(coordinator, experiment)
    see_action(coordinator, decision)
    see_chain(resident, decision)
    hear_of_it(resident)
    hear_of_it(neighbour)


def signed_in(visit, city, role):
    """A browser of one's own, in which somebody signed in by the form."""
    page = visit()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(city.email(role))
    page.locator("[name=password]").fill(city.password)
    page.locator("main form button").first.click()
    expect(page.locator("form[action$='/logout/'], a[href$='/logout/']").first).to_be_attached()
    read_in_english(page)
    return page


def read_in_english(page):
    """The demo's people read other languages; the switch of languages is for everybody."""
    page.locator(".languages button[value=en]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def make_call(page):
    now = datetime.now()
    page.goto("/calls/new/")
    page.get_by_label("Title").fill(CALL)
    page.get_by_label("In short").fill("Things that one needs once a year.")
    page.get_by_label("What is needed and why").fill("Few people need a drill of their own.")
    page.get_by_label("anybody, also without an account").check()
    page.locator("[name=goal]").select_option(index=1)
    moment(page, "entry_opens", now - timedelta(days=1))
    moment(page, "entry_closes", now + timedelta(days=7))
    moment(page, "decision_opens", now + timedelta(days=7))
    moment(page, "decision_closes", now + timedelta(days=30))
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The call is published.")).to_be_visible()
    return page.url


def moment(page, name, at):
    page.locator(f"[name={name}]").fill(at.strftime("%Y-%m-%dT%H:%M"))


def send_idea(page, call):
    page.goto(call)
    page.get_by_role("link", name="Send your idea").click()
    page.get_by_label("Title").fill(IDEA)
    page.get_by_role("button", name="Save as a draft").click()
    page.goto("/my/entries/")
    page.get_by_role("link", name=IDEA).first.click()
    page.get_by_role("link", name="Go on writing").click()
    page.get_by_label("Your idea").fill("Drills, saws and ladders, lent as books are lent.")
    page.get_by_role("button", name="Send the idea").click()
    expect(page.get_by_text("The city has not answered yet.")).to_be_visible()
    return page.url


def talk_about(page, idea):
    page.goto(idea)
    page.get_by_role("button", name="Support", exact=True).click()
    expect(page.get_by_text("1 supporter")).to_be_visible()
    page.locator(".talk textarea").fill("My ladder would stay at home.")
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.get_by_text("My ladder would stay at home.")).to_be_visible()


def see_what_waits(page):
    page.goto("/calls/answers/")
    expect(page.get_by_role("link", name=IDEA)).to_be_visible()


def answer(page, idea):
    page.goto(idea)
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_label("goes forward", exact=True).check()
    page.locator("[name=text]").fill("Thank you. We try it in one library.")
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_role("heading", name="The city’s answer")).to_be_visible()


def plan_experiment(page, idea):
    page.goto(idea)
    page.get_by_role("link", name="Make an experiment").click()
    today = date.today()
    written = {
        "title": EXPERIMENT,
        "summary": "Twenty tools on a shelf.",
        "hypothesis": "People borrow what they would else buy.",
        "users": "Those who live near.",
        "fit": "Lent at the desk, as books are.",
        "benefit": "Fewer things are bought.",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=60)).isoformat(),
        "budget_eur": "2000",
        "measure": "Loans in a week",
        "unit": "loans",
        "baseline": "10",
        "minimum_effect": "2",
        "rule": "Scale when at least two more loans a week are sure.",
    }
    for name, text in written.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=testbed]").select_option(label="Tapiolan kirjasto")
    page.locator("[name=owner]").select_option(index=1)
    page.locator("[name=design]").select_option("two_groups")
    page.get_by_label("more is better").check()
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("heading", level=1, name=EXPERIMENT)).to_be_visible()
    return page.url.removesuffix("edit/")


def start(page, experiment):
    page.goto(experiment)
    page.get_by_role("link", name="Fix the plan and start").click()
    page.get_by_role("button", name="Fix the plan and start").click()
    expect(page.get_by_text("Nothing of it can be changed since.")).to_be_visible()
    assert page.goto(f"{experiment}edit/").status == 403


def measure(page, experiment, folder):
    rows = measurements()
    broken = [*rows]
    # The first line holds the names of the columns.
    broken[WRONG_LINE - 2] = broken[WRONG_LINE - 2].rsplit(",", 1)[0] + ",many"
    upload(page, experiment, folder, broken)
    fault = page.locator(".faults li")
    expect(fault).to_have_count(1)
    expect(fault).to_contain_text(f"Line {WRONG_LINE}, column value:")
    upload(page, experiment, folder, rows)
    expect(page.get_by_text(f"{len(rows)} measurements would be added.")).to_be_visible()
    page.get_by_role("button", name="Add these measurements").click()
    page.goto(experiment)
    expect(page.get_by_role("row", name="comparison group 10 10")).to_be_visible()


def measurements():
    day = date.today().isoformat()
    control = [f"control,c{n},{day},{10 + n % 3}" for n in range(10)]
    return [*control, *(f"treatment,t{n},{day},{16 + n % 3}" for n in range(10))]


def upload(page, experiment, folder, rows):
    file = folder / "loans.csv"
    file.write_text("\n".join(["arm,unit,day,value", *rows]) + "\n")
    page.goto(f"{experiment}measurements/import/")
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Show what would be added").click()


def conclude(page, experiment):
    page.goto(f"{experiment}end/")
    page.get_by_role("button", name="End the experiment").click()
    page.goto(experiment)
    page.get_by_role("button", name="Compute the effect").click()
    expect(page.get_by_text("The effect was computed from the measurements.")).to_be_visible()
    page.get_by_role("link", name="Publish as evidence").click()
    page.get_by_label("What it shows").fill("Tools are lent six times more often in a week.")
    page.get_by_label("What it cannot show").fill("One library, one day.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="Evidence")).to_be_visible()


def decide(page, experiment):
    page.goto(experiment)
    page.locator("a[href*='/decisions/on/']").click()
    page.get_by_label("scale up").check()
    page.locator("[name=title]").fill(DECISION)
    page.locator("[name=reasons]").fill("It worked, and it costs little.")
    page.locator("[name=evidence]").first.check()
    page.locator("[name=decided_by]").fill("Director of Libraries")
    page.locator("[name=decided_on]").fill(date.today().isoformat())
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("heading", level=1, name=DECISION)).to_be_visible()
    decision = page.url
    page.get_by_role("link", name="Publish").click()
    page.get_by_label("A new action is opened").check()
    page.locator("[name=goal]").select_option(index=1)
    page.locator("[name=action_title]").fill(ACTION)
    page.locator("[name=action_summary]").fill("A shelf of tools in each library.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("link", name=ACTION)).to_be_visible()
    return decision


def see_action(page, decision):
    page.goto(decision)
    page.get_by_role("link", name=ACTION).click()
    expect(page.get_by_role("heading", level=1, name=ACTION)).to_be_visible()


def see_chain(page, decision):
    """Each step stands in the picture and leads to its page."""
    page.goto(decision)
    page.get_by_role("link", name="See the whole chain").click()
    main = page.locator("main")
    addresses = {
        "call": r"/calls/[\w-]+/$",
        "idea": r"/entries/\d+/$",
        "experiment": r"/experiments/[\w-]+/$",
        "decision": r"/decisions/[\w-]+/$",
        "action": r"/strategy/actions/[\w-]+/$",
    }
    found = main.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    missing = [
        name
        for name, address in addresses.items()
        if not any(re.search(address, link) for link in found)
    ]
    assert missing == []


def hear_of_it(page):
    page.goto("/me/notices/")
    expect(page.get_by_role("link", name=DECISION).first).to_be_visible()
