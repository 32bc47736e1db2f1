"""Every public page of the demo city, in every language: what machines can see of accessibility.

The pages are looked at as a visitor meets them. Each page is loaded once a language, and all checks are made on it.
"""

import pytest

pytestmark = pytest.mark.browser

OPEN_CALL = "/calls/demo-library-evening-2026/"
CLOSED_CALL = "/calls/mayors-innovation-competition-2022/"
RESIDENTS = {
    "home": "/",
    "calls": "/calls/",
    "open call": OPEN_CALL,
    "closed call": CLOSED_CALL,
    "entries": "/calls/entries/",
    "enter": f"{OPEN_CALL}enter/",
    "chain": "/chain/experiment/hydrohex-swimming/",
}
PAGES = {
    **RESIDENTS,
    "strategy": "/strategy/",
    "story": "/strategy/story/story-2025/",
    "roadmap": "/strategy/roadmaps/climate-neutral-espoo-2030/",
    "goal": "/strategy/goals/climate-mobility/",
    "actions": "/strategy/actions/",
    "impact map": "/strategy/maps/energy/",
    "experiments": "/experiments/",
    "experiment": "/experiments/hydrohex-swimming/",
    "testbeds": "/testbeds/",
    "testbed": "/testbeds/kera/",
    "booked": "/testbeds/kera/booked/",
    "measurements": "/experiments/hydrohex-swimming/measurements/",
    "decisions": "/decisions/",
    "decision": "/decisions/decision-hydrohex/",
    "decision against the rule": "/decisions/decision-warm-stairs/",
    "portfolio": "/portfolio/",
    "pilots": "/portfolio/pilots/",
    "portfolio's figures": "/portfolio/figures/",
    "portfolio's map": "/portfolio/places/",
    "report of a year": "/portfolio/report/2025/",
    "indicators": "/indicators/",
    "indicator": "/indicators/espoo.ghg_total/",
    "places": "/places/",
    "place": "/places/otaniemi/",
    "organisations": "/organisations/",
    "organisation": "/organisations/hydrohex/",
    "search": "/search/?q=espoo",
    "parts": "/design/",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "contact": "/contact/",
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
    "not found": "/nowhere/",
}
# Pages with colours of their own: charts, maps, diagrams, and all parts of pages at once.
DARK = (
    *RESIDENTS,
    "parts",
    "goal",
    "impact map",
    "experiment",
    "decision",
    "indicator",
    "place",
    "portfolio",
)
DEEPER = {
    "offering": ("/testbeds/kera/", ".cards a[href^='/testbeds/kera/']"),
    "entry": (OPEN_CALL, "#ideas .cards a[href*='/entries/']"),
    "action": ("/strategy/actions/", "main a[href^='/strategy/actions/']:not([href*='.'])"),
}
LANGUAGES = [("fi", PAGES), ("sv", PAGES), ("en", PAGES), ("ar", RESIDENTS)]
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""

# What a page should have, and what is wrong with it where it has not. Named pictures: WCAG 1.1.1.
LOOK = """() => {
    const seen = element => element.checkVisibility();
    const named = picture => picture.hasAttribute('aria-label') || picture.hasAttribute('aria-labelledby')
        || picture.querySelector(':scope > title') || picture.alt;
    const hidden = picture => picture.closest('[aria-hidden=true]') || picture.getAttribute('alt') === '';
    return {
        lang: document.documentElement.lang,
        dir: document.documentElement.dir,
        headings: document.querySelectorAll('h1').length,
        unnamed: [...document.querySelectorAll('main img, main svg')]
            .filter(picture => seen(picture) && !hidden(picture) && !named(picture))
            .map(picture => picture.outerHTML.slice(0, 120)),
    };
}"""
WIDER = """async () => {
    const root = document.documentElement;
    // A map draws itself anew a moment after the window changed.
    for (let n = 0; n < 20 && root.scrollWidth > root.clientWidth; n++)
        await new Promise(resume => setTimeout(resume, 50));
    const width = root.clientWidth;
    if (root.scrollWidth <= width) return [];
    const beyond = [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.map-canvas, .table-scroll'))
        .filter(e => e.getBoundingClientRect().right > width + 1 || e.getBoundingClientRect().left < -1)
        .map(e => e.tagName + '.' + e.className).slice(0, 8);
    return beyond.length ? beyond : ['something'];
}"""
# Text that its own box cuts off, across or down, when a reader sets more room between letters and lines.
CUT = """() => [...document.querySelectorAll('main *, header *, nav *')].filter(e => {
    const style = getComputedStyle(e);
    const cuts = axis => ['hidden', 'clip'].includes(style['overflow' + axis]) && style.position !== 'absolute';
    return e.checkVisibility() && e.clientHeight > 1 && !e.closest('.map-canvas')
        && (cuts('Y') && e.scrollHeight > e.clientHeight + 2 || cuts('X') && e.scrollWidth > e.clientWidth + 2);
}).map(e => e.tagName + '.' + e.className).slice(0, 8)"""
FOCUSED = """() => {
    const style = getComputedStyle(document.activeElement);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return [document.activeElement.tagName, outlined];
}"""


def go(page, name):
    """Go to a page by its name; those without a fixed address are found by a link."""
    if name in DEEPER:
        start, link = DEEPER[name]
        page.goto(start)
        page.goto(page.locator(link).first.get_attribute("href"))
    else:
        page.goto(PAGES[name])


def faults(page, language, axe):
    """All that is wrong with the page that is open."""
    look = page.evaluate(LOOK)
    direction = "rtl" if language == "ar" else "ltr"
    wrong = {
        "axe": axe(page),
        "lang": [] if look["lang"] == language else [look["lang"]],
        "dir": [] if look["dir"] == direction else [look["dir"]],
        "h1": [] if look["headings"] == 1 else [look["headings"]],
        "unnamed": look["unnamed"],
    }
    page.set_viewport_size({"width": 320, "height": 700})
    wrong["wider than 320 px"] = page.evaluate(WIDER)
    page.set_viewport_size({"width": 1280, "height": 800})
    return {what: found for what, found in wrong.items() if found}


@pytest.mark.parametrize(("language", "pages"), LANGUAGES, ids=[row[0] for row in LANGUAGES])
def test_no_page_has_a_fault(visit, axe, language, pages):
    page = visit(language=language)
    found = {}
    for name in [*pages, "entry", *(["action", "offering"] if pages is PAGES else [])]:
        go(page, name)
        found[name] = faults(page, language, axe)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_dark_pages_have_no_fault(visit, axe):
    page = visit(color_scheme="dark")
    found = {}
    for name in DARK:
        go(page, name)
        found[name] = axe(page)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_focus_is_seen_on_the_first_stops(visit):
    page = visit()
    unseen = {}
    for name in RESIDENTS:
        go(page, name)
        for stop in range(12):
            page.keyboard.press("Tab")
            tag, is_outlined = page.evaluate(FOCUSED)
            if not is_outlined:
                unseen[name, stop] = tag

    assert unseen == {}


def test_nothing_is_cut_off_when_text_is_spaced_out(visit):
    # The policy against foreign styles holds for this one too, so it is let past here.
    page = visit(bypass_csp=True)
    cut = {}
    for name in PAGES:
        go(page, name)
        page.add_style_tag(content=SPACING)
        cut[name] = page.evaluate(CUT)

    assert {name: found for name, found in cut.items() if found} == {}
