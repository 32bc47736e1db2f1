"""Experiments of every design with made-up values whose effect is known, and the way of each from plan to evidence."""

import random
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.experiments import ExperimentFactory

SWITCH = date(2026, 5, 1)
LONG = {"starts_on": date(2026, 1, 1), "ends_on": date(2036, 1, 1), "minimum_effect": 1.0}
TIMED = {"switch_on": SWITCH, "period": "month"}
# Of each design: fields of the plan, what the sample size is computed from, the list of units, the true effect.
DESIGNS = {
    "before_after_paired": (
        {"lowest": 0.0, "highest": 100.0},
        {"deviation": 2, "correlation": "0.5", "n": 20},
    ),
    "before_after": ({}, {"deviation": 2, "n": 20}),
    "two_groups": (
        {"assignment": "chance", "switch_on": SWITCH},
        {"deviation": 2, "baseline_correlation": "0.5", "n": 12},
    ),
    "shares": (
        {"design": "two_groups", "kind": "share", "minimum_effect": 0.1},
        {"share_before": "0.2", "effect": "0.4"},
    ),
    "counts": (
        {"design": "two_groups", "kind": "count", "minimum_effect": 20.0},
        {"rate_before": 4, "exposure": 3, "dispersion": 1, "effect": 60},
    ),
    "paired_counts": (
        {"design": "before_after_paired", "kind": "count", "minimum_effect": 20.0},
        {"rate_before": 4, "exposure": 3, "dispersion": 1, "effect": 60},
    ),
    "count_series": (
        {
            "design": "interrupted_time_series",
            "kind": "count",
            "minimum_effect": 20.0,
            "switch_on": date(2025, 5, 1),
            "period": "month",
        },
        {
            "expected": 60,
            "dispersion": 1,
            "correlation": "0.1",
            "before": 36,
            "effect": 60,
            "n": 18,
        },
    ),
    "matched_pairs": ({}, {"deviation": 2, "correlation": "0.5"}),
    "difference_in_differences": (
        TIMED,
        {"deviation": 2, "correlation": "0.5", "before": 4, "after": 3, "n": 10},
    ),
    "interrupted_time_series": (
        {
            "switch_on": date(2025, 5, 1),
            "period": "month",
            "season": "harmonics",
            "season_length": 12,
        },
        {"deviation": 1, "correlation": "0.3", "before": 36, "n": 18},
    ),
    "stepped_wedge": (
        {**TIMED, "assignment": "chance"},
        {"deviation": 2, "intra_site": "0.1", "steps": 3, "per_period": 1, "n": 6},
    ),
}
LISTS = {
    "two_groups": "unit,stratum,last year\n"
    + "\n".join(f"u-{n},{'north' if n % 2 else 'south'},{10 + n % 5}" for n in range(24)),
    "matched_pairs": "unit,group,size\n"
    + "\n".join(f"t-{n},treatment,{10 + n}" for n in range(10))
    + "\n"
    + "\n".join(f"c-{n},control,{10.2 + n * 0.7}" for n in range(20)),
    "stepped_wedge": "unit\n" + "\n".join(f"site-{n}" for n in range(6)),
}


def planned(name):
    more, _asked = DESIGNS[name]
    return ExperimentFactory(**{"design": name, **LONG, **more})


def values_of(name, units):
    """Lines of a file: arm, unit, day, value. The true effect is 4, of shares four in ten, of counts 60 %."""
    dice = random.Random(name)
    made = {
        "before_after_paired": _paired,
        "before_after": _different,
        "two_groups": _groups,
        "shares": _shares,
        "counts": _counts,
        "paired_counts": _paired_counts,
        "count_series": _count_series,
        "matched_pairs": _groups,
        "difference_in_differences": _panel,
        "interrupted_time_series": _series,
        "stepped_wedge": _wedge,
    }[name]
    return ["arm,unit,day,value", *made(dice, units)]


def _paired(dice, _units):
    for n in range(20):
        level = dice.gauss(20, 2)
        yield f"before,g-{n},2026-04-02,{level}"
        yield f"after,g-{n},2026-06-02,{level + dice.gauss(4, 1)}"


def _different(dice, _units):
    for n in range(20):
        yield f"before,b-{n},2026-04-02,{dice.gauss(20, 2)}"
        yield f"after,a-{n},2026-06-02,{dice.gauss(24, 2)}"


def _groups(dice, units):
    for unit in units:
        level = dice.gauss(20, 2)
        if unit.grouping.method == "chance":
            yield f"{unit.arm},{unit.code},2026-04-02,{level}"
        effect = 4 if unit.arm == "treatment" else 0
        yield f"{unit.arm},{unit.code},2026-06-02,{level + effect + dice.gauss(0, 1)}"


def _shares(dice, _units):
    for n in range(60):
        yield f"control,c-{n},2026-06-02,{int(dice.random() < 0.2)}"
        yield f"treatment,t-{n},2026-06-02,{int(dice.random() < 0.6)}"


def _counted(dice, mean):
    """How many events of pure chance fall into one time, if `mean` are usual."""
    events, waited = 0, dice.expovariate(mean)
    while waited < 1:
        events, waited = events + 1, waited + dice.expovariate(mean)
    return events


def _counts(dice, _units):
    # One is counted less often than the others: its rate still is that of one time.
    for n in range(40):
        for day in range(1, 4 if n else 3):
            yield f"control,c-{n},2026-06-{day:02d},{_counted(dice, 4)}"
            yield f"treatment,t-{n},2026-06-{day:02d},{_counted(dice, 6.4)}"


def _paired_counts(dice, _units):
    for n in range(30):
        for day in range(1, 4):
            yield f"before,g-{n},2026-04-{day:02d},{_counted(dice, 3 + n % 3)}"
            yield f"after,g-{n},2026-06-{day:02d},{_counted(dice, 1.6 * (3 + n % 3))}"


def _count_series(dice, _units):
    for n in range(54):
        month = f"{2022 + (n + 4) // 12}-{(n + 4) % 12 + 1:02d}"
        for unit in ("pool-1", "pool-2"):
            yield f"treatment,{unit},{month}-03,{_counted(dice, 48 if n >= 36 else 30)}"


def _panel(dice, _units):
    for n in range(20):
        arm, level = ("treatment", "control")[n % 2], dice.gauss(20, 2)
        for month in range(1, 8):
            effect = 4 if arm == "treatment" and month >= 5 else 0
            yield f"{arm},u-{n},2026-{month:02d}-03,{level + effect + 0.3 * month + dice.gauss(0, 1)}"


def _series(dice, _units):
    for n in range(54):
        day = date(2022 + (n + 4) // 12, (n + 4) % 12 + 1, 3)
        season = 3 * (day.month in {6, 7, 8})
        yield f"treatment,pool-1,{day},{20 + season + 4 * (n >= 36) + dice.gauss(0, 0.5)}"


def _wedge(dice, units):
    for unit in units:
        level = dice.gauss(20, 1)
        for month in range(1, 12):
            day = date(2026, month, 3)
            effect = 4 if day >= unit.starts_on else 0
            yield f"treatment,{unit.code},{day},{level + effect + dice.gauss(0, 0.5)}"


def send(client, address, lines):
    """Take a file in, by its preview."""
    file = SimpleUploadedFile("values.csv", "\n".join(lines).encode())
    preview = client.post(f"{address}measurements/import/", {"file": file})
    confirmed = {name: preview.context[name] for name in ("content", "digest")}
    return client.post(f"{address}measurements/import/", confirmed)


def divide(client, address, text, **more):
    """Make the groups, by their preview."""
    preview = client.post(f"{address}groups/new/", {"pasted": text, **more})
    content = preview.context["content"]
    return client.post(
        f"{address}groups/new/", {"content": content, "confirm": "yes", **more}, follow=True
    )


def start(client, address):
    page = client.get(f"{address}start/")
    assert (page.context["faults"], page.context["obstacles"]) == ([], [])
    return client.post(f"{address}start/", {"digest": page.context["digest"]})


def finish(client, address):
    """End, compute, publish; give the page that everybody sees then."""
    client.post(f"{address}end/")
    client.post(f"{address}analyse/")
    shown = client.get(address).context["shown"]
    client.post(
        f"{address}analyses/{shown.analysis.pk}/publish/",
        {"claim": "It moved.", "limits": "One city.", "language": "en"},
    )
    return client.get(address)
