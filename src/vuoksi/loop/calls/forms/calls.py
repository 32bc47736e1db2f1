from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.fields import SeveralField
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.ui.fields import mark_needed
from vuoksi.loop.calls.engine import ORDER, Fault, Mistake, Window, faults
from vuoksi.loop.calls.forms.texts import (
    LanguageField,
    LongTextField,
    MomentField,
    PlainTextField,
)
from vuoksi.loop.calls.models import Call, Phase
from vuoksi.loop.calls.queries import NEEDED_TO_PUBLISH
from vuoksi.strategy.models import Goal

# Words in the addresses of this app, which no call can have as its own.
RESERVED = frozenset(
    {"answers", "calendar.ics", "entries", "feed", "invitations", "kinds", "link", "new", "similar"}
)

TO_PUBLISH = _("needed before publishing")
_MISTAKES = {
    Mistake.TWICE: _("This phase stands twice."),
    Mistake.OPENS_TOO_EARLY: _("This opens before “%(other)s” opens."),
    Mistake.CLOSES_TOO_EARLY: _("This closes before “%(other)s” closes."),
}


class CallForm(forms.Form):
    """The words of a call, and who may take part."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    title = PlainTextField(
        label=_("Title"), max_length=200, help_text=_("A question or a need, in plain words.")
    )
    summary = LongTextField(
        label=_("In short"),
        max_length=400,
        rows=3,
        help_text=_("Two sentences, at most 400 characters. Shown in lists."),
    )
    need = LongTextField(
        label=_("What is needed and why"), max_length=10_000, rows=8, required=False
    )
    offer = LongTextField(
        label=_("What the city offers"),
        max_length=10_000,
        required=False,
        help_text=_("Money, a place to try, people, data."),
    )
    language = LanguageField()
    entrants = forms.ChoiceField(
        label=_("Who may enter"), choices=Call.Entrants.choices, widget=forms.RadioSelect
    )
    is_sealed = forms.BooleanField(
        label=_("Seal the ideas until sending ends"),
        required=False,
        help_text=_(
            "Nobody but its authors reads an idea before then, not even you. Their number is shown. "
            "Once sending has opened, this stands."
        ),
    )
    answers_due_on = forms.DateField(
        label=_("Answers promised by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Authors see this day. What is late is listed, and those who answer are told."),
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label=_("Goal"),
        required=False,
        empty_label=_("No goal"),
        help_text=_("The goal of the strategy that this call serves."),
    )
    owner = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Owner"),
        required=False,
        empty_label=_("No owner"),
        help_text=_("The city unit that answers every idea."),
    )
    partners = SeveralField(
        Organisation.objects.none(),
        label=_("Partner cities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each sees all ideas and decides its own share. For joint calls only."),
    )

    def __init__(self, *args: Any, stands: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stands:
            self.fields["is_sealed"].disabled = True
            add_reason(self)
        cities = Organisation.objects.filter(kind=Organisation.Kind.PARTNER_CITY).order_by("name")
        partners = cast("SeveralField[Organisation]", self.fields["partners"])
        partners.queryset = cities
        if not cities.exists():
            del self.fields["partners"]
        units = Organisation.objects.filter(kind=Organisation.Kind.CITY_UNIT).order_by("name")
        goals = Goal.objects.order_by("position", "title")
        cast("forms.ModelChoiceField[Organisation]", self.fields["owner"]).queryset = units
        cast("forms.ModelChoiceField[Goal]", self.fields["goal"]).queryset = goals
        gaps = [name for name in NEEDED_TO_PUBLISH if not self.fields[name].required]
        mark_needed(self, gaps, TO_PUBLISH)

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in CHANGES}


CALL_FIELDS = (
    "title",
    "summary",
    "need",
    "offer",
    "language",
    "entrants",
    "goal",
    "owner",
    "is_sealed",
    "answers_due_on",
)
CHANGES = (*CALL_FIELDS, "partners")


class PhasesForm(forms.Form):
    """The call's phases: two moments each, both or neither."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(self, *args: Any, stands: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_phases(self, ORDER)
        if stands:
            add_reason(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["windows"] = _windows(self, data, ORDER)
        return data


class NewCallForm(CallForm):
    """All that a call needs to be published, on one page."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        required=False,
        help_text=_("The last part of the page's address. Made from the title if left empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_phases(self, ("entry", "decision"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["windows"] = _windows(self, data, ("entry", "decision"))
        data["slug"] = free_address(self, data)
        return data


class StartForm(forms.Form):
    """What a call that is started from a template needs to be told; all else is there to be changed."""

    title = PlainTextField(
        label=_("Title"),
        max_length=200,
        help_text=_(
            "The template’s own title is there in three languages; one of yours is in one."
        ),
    )
    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        required=False,
        help_text=_("The last part of the page's address. Made from the title if left empty."),
    )
    first_day = forms.DateField(
        label=_("Ideas can be sent from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("All other dates are counted from this day."),
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(), label=_("Goal"), required=False, empty_label=_("No goal")
    )
    owner = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Owner"),
        required=False,
        empty_label=_("No owner"),
        help_text=_("The city unit that answers every idea."),
    )
    partners = SeveralField(
        Organisation.objects.none(),
        label=_("Partner cities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each sees all ideas and decides its own share."),
    )

    def __init__(self, *args: Any, is_joint: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = Organisation.objects.order_by("name")
        fill = {
            "owner": every.filter(kind=Organisation.Kind.CITY_UNIT),
            "partners": every.filter(kind=Organisation.Kind.PARTNER_CITY),
            "goal": Goal.objects.order_by("position", "title"),
        }
        for name, rows in fill.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows
        self.fields["partners"].required = is_joint
        if not is_joint:
            del self.fields["partners"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["slug"] = free_address(self, data)
        return data


def free_address(form: forms.Form, data: dict[str, Any]) -> str:
    """Give the address typed, or one made from the title; say at the field if it cannot be had."""
    slug: str = data.get("slug") or slugify(data.get("title", ""))[:60].strip("-")
    if "slug" in form.errors or "title" in form.errors:
        return slug
    if not slug:
        form.add_error("slug", _("Write an address: none can be made from this title."))
    elif slug in RESERVED or Call.objects.filter(slug=slug).exists():
        form.add_error("slug", _("“%(slug)s” is taken. Write another address.") % {"slug": slug})
    return slug


def add_reason(form: forms.Form) -> None:
    """Once sending has opened, whoever changes the rules says why."""
    form.fields["reason"] = LongTextField(
        label=_("Reason for the change"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=_(
            "Sending has opened. A change of who may enter, of categories, questions or dates needs a reason: it is "
            "published, and those who write are told."
        ),
    )


class ReasonForm(forms.Form):
    """The reason alone, beside rows of questions or categories."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_reason(self)


def phase_initial(call: Call) -> dict[str, Any]:
    values: dict[str, Any] = {"version": call.version}
    for phase in call.phases.all():
        values[f"{phase.kind}_opens"] = phase.opens_at
        values[f"{phase.kind}_closes"] = phase.closes_at
    return values


def add_phase_faults(form: forms.Form, found: Iterable[Fault]) -> None:
    """Say at the field what is wrong with a phase among the others."""
    for fault in found:
        end = "closes" if fault.mistake is Mistake.CLOSES_TOO_EARLY else "opens"
        words = _MISTAKES[fault.mistake] % {"other": Phase.Kind(fault.other).label}
        form.add_error(f"{fault.kind}_{end}", words)


def _add_phases(form: forms.Form, kinds: Iterable[str]) -> None:
    for kind in kinds:
        name = Phase.Kind(kind).label
        form.fields[f"{kind}_opens"] = MomentField(
            label=capfirst(_("%(phase)s: opens") % {"phase": name}), required=False
        )
        form.fields[f"{kind}_closes"] = MomentField(
            label=capfirst(_("%(phase)s: closes") % {"phase": name}), required=False
        )
    # Without a time to send ideas nothing can be published; the other phases are free.
    mark_needed(form, ("entry_opens", "entry_closes"), TO_PUBLISH)


def _windows(form: forms.Form, data: dict[str, Any], kinds: Iterable[str]) -> list[Window]:
    windows = [window for kind in kinds if (window := _window(form, data, kind)) is not None]
    add_phase_faults(form, faults(windows))
    return windows


def _window(form: forms.Form, data: dict[str, Any], kind: str) -> Window | None:
    opens, closes = data.get(f"{kind}_opens"), data.get(f"{kind}_closes")
    if opens is not None and closes is not None:
        if closes > opens:
            return Window(kind, opens, closes)
        form.add_error(f"{kind}_closes", _("It must close after it opens."))
        return None
    for end, given in (("opens", opens), ("closes", closes)):
        name = f"{kind}_{end}"
        if given is None and (opens or closes) and name not in form.errors:
            form.add_error(name, ValidationError(_("Write both times, or neither.")))
    return None
