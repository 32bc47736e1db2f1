"""Before the start: further measures, and units to divide."""

import secrets
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.faults import repeated
from vuoksi.base.lists.forms import TableForm
from vuoksi.lib import cells
from vuoksi.lib.tables import Column, Row, TableError
from vuoksi.loop.experiments.analyses.actions import Wanted
from vuoksi.loop.experiments.measurements.queries import fault_of_unit
from vuoksi.loop.experiments.plans.models import Experiment, Grouping
from vuoksi.loop.experiments.plans.queries import grouping_of

Method = Grouping.Method
LARGEST_SEED = 2**53 - 1


class MeasureForm(forms.Form):
    """A further measure of the plan."""

    title = forms.CharField(label=_("What is measured"), max_length=200)
    unit = forms.CharField(label=_("Unit"), max_length=40)
    better = forms.ChoiceField(
        label=_("Better"), choices=Experiment.Better.choices, widget=forms.RadioSelect, initial="up"
    )

    def __init__(self, *args: Any, experiment: Experiment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.experiment = experiment

    def key(self) -> str:
        """A short name for files, made from the title; a number tells apart what is called the same."""
        base = slugify(self.cleaned_data["title"])[:26].strip("-") or "measure"
        taken = set(self.experiment.other_measures.values_list("key", flat=True)) | {"main"}
        numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
        return next(key for key in (base, *numbered) if key not in taken)


def methods_for(experiment: Experiment) -> list[Grouping.Method]:
    """How units may be divided in the plan's design."""
    by_chance = experiment.assignment == Experiment.Assignment.CHANCE
    if experiment.design == Experiment.Design.MATCHED_PAIRS:
        return [Method.MATCHING]
    if experiment.design == Experiment.Design.STEPPED_WEDGE:
        return [Method.ORDER if by_chance else Method.LISTED]
    return [Method.CHANCE if by_chance else Method.LISTED]


class GroupsForm(TableForm):
    """Units to divide: pasted, or in a file. Every column with another name holds what is known of each unit."""

    columns: Sequence[Column] = ()  # type: ignore[misc]  # known only when the header was read
    is_file_needed = False

    pasted = forms.CharField(
        label=_("Or paste the list here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("With a header line, columns parted by comma, semicolon or tab."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        min_value=0,
        max_value=LARGEST_SEED,
        help_text=_(
            "A number that nobody could choose, such as those of a lottery draw that is still to come. Left empty, the computer draws one. It is published, so that anybody can draw again."
        ),
    )
    steps = forms.IntegerField(
        label=_("Steps in which the sites start"), required=False, min_value=2, max_value=100
    )
    reason = forms.CharField(
        label=_("Why are they divided again?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody reads this beside the earlier groups."),
    )

    def __init__(self, *args: Any, experiment: Experiment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        (self.method,) = methods_for(experiment)
        is_drawn = self.method in {Method.CHANCE, Method.ORDER}
        unused = {
            "seed": not is_drawn,
            "steps": self.method != Method.ORDER,
            "reason": grouping_of(experiment) is None,
        }
        for name, is_unused in unused.items():
            if is_unused:
                del self.fields[name]
        for name in ("steps", "reason"):
            if name in self.fields:
                self.fields[name].required = True

    def thing_of(self, row: Row) -> Wanted:
        found = cast("dict[str, Any]", dict(row.values))
        named = {name: found.pop(name, None) for name in _NAMED}
        known = {name: value for name, value in found.items() if value is not None}
        return Wanted(
            code=named["unit"],
            stratum=named["stratum"] or "",
            cluster=named["cluster"] or "",
            group=named["group"] or "",
            starts_on=named["starts_on"],
            known=known,
        )

    def faults_in(self, rows: list[tuple[int, Wanted]]) -> list[TableError]:
        faults = [(line, unit.code, fault_of_unit(unit.code)) for line, unit in rows]
        return [
            *(TableError(line, "unit", code, unit[:80]) for line, unit, code in faults if code),
            *repeated(rows, lambda unit: unit.code, "unit"),
        ]

    def _bytes(self, data: dict[str, Any]) -> bytes | None:
        pasted = (data.get("pasted") or "").strip()
        raw = pasted.encode() if pasted and not data.get("file") else super()._bytes(data)
        if raw is not None:
            self.columns = _columns_for(raw)
        return raw

    def given_seed(self) -> int | None:
        """The seed that was typed, or one that the computer draws; None where nothing is drawn."""
        if "seed" not in self.fields:
            return None
        typed = self.cleaned_data["seed"]
        return secrets.randbelow(LARGEST_SEED) if typed is None else int(typed)


_NAMED = {
    "unit": Column("unit", cells.Text(60)),
    "stratum": Column("stratum", cells.Text(60), required=False),
    "cluster": Column("cluster", cells.Text(60), required=False),
    "group": Column("group", cells.Choice(("control", "treatment")), required=False),
    "starts_on": Column("starts_on", cells.day, required=False),
}


def _columns_for(raw: bytes) -> list[Column]:
    """The named columns, and one of numbers for each other name in the header."""
    header = raw[:10_000].decode("utf-8-sig", errors="replace").lstrip().splitlines()[:1]
    letters = "".join(header).replace(";", ",").replace("\t", ",").split(",")
    names = [cell.strip().strip('"') for cell in letters]
    others = dict.fromkeys(name for name in names if name and name.casefold() not in _NAMED)
    return [*_NAMED.values(), *(Column(name, cells.number) for name in list(others)[:20])]
