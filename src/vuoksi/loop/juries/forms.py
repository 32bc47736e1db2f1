"""What coordinators and jurors type."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.fields import SeveralField
from vuoksi.base.people.models import User
from vuoksi.base.texts.queries import in_language
from vuoksi.base.ui.fields import mark_needed
from vuoksi.loop.calls.forms.texts import (
    LanguageField,
    LongTextField,
    MomentField,
    PlainTextField,
)
from vuoksi.loop.calls.models import Call, Category, Entry
from vuoksi.loop.juries import queries
from vuoksi.loop.juries.actions import CriterionWords
from vuoksi.loop.juries.models import Criterion, Panel, Review

MOST_CRITERIA = 20
FEWEST_POINTS, MOST_POINTS = 2, 10
EMPTY_ROWS = 2
PANEL_FIELDS = (
    "title",
    "way",
    "category",
    "places",
    "reviews_wanted",
    "is_blind",
    "guidance",
    "due_at",
    "language",
)


class PanelForm(forms.Form):
    """The settings of a panel."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    title = PlainTextField(
        label=_("Name of the panel"), max_length=120, help_text=_("Such as: Expert panel.")
    )
    way = forms.ChoiceField(
        label=_("Way of judging"), choices=Panel.Way.choices, widget=forms.RadioSelect
    )
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Category"),
        required=False,
        empty_label=_("All ideas of the call together"),
    )
    places = forms.IntegerField(
        label=_("Places to give"),
        min_value=1,
        max_value=500,
        help_text=_("How many ideas go on, or win."),
    )
    reviews_wanted = forms.IntegerField(
        label=_("Reviews for each idea"), min_value=1, max_value=20, initial=3
    )
    is_blind = forms.BooleanField(label=_("Reviewers do not see who wrote an idea"), required=False)
    guidance = LongTextField(
        label=_("What is judged by"),
        max_length=2000,
        required=False,
        rows=3,
        help_text=_("Shown to those who judge, and published: such as the goals of the strategy."),
    )
    due_at = MomentField(label=_("Judged by"))
    language = LanguageField()

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Category]", self.fields["category"])
        field.queryset = call.categories.order_by("position")

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PANEL_FIELDS}


class CriterionForm(forms.Form):
    """One criterion; a row without a name is left out."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    label = PlainTextField(label=_("Criterion"), max_length=160, required=False)
    hint = PlainTextField(label=_("What to look at"), max_length=400, required=False)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100, initial=1)
    anchors = LongTextField(
        label=_("What each point means"),
        rows=5,
        max_length=4000,
        required=False,
        help_text=_("One line for each point, the lowest first: as many lines as points."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = [line for line in data.get("anchors", "").splitlines() if line.strip()]
        if data.get("label") and not FEWEST_POINTS <= len(lines) <= MOST_POINTS:
            self.add_error("anchors", _("Write two to ten lines, one for each point of the scale."))
        return data

    def words(self) -> CriterionWords:
        data = self.cleaned_data
        return CriterionWords(
            label=data["label"],
            hint=data["hint"],
            weight=data["weight"],
            anchors=data["anchors"],
            number=data["number"],
        )


class BaseCriterionRows(BaseFormSet[CriterionForm]):
    def criteria(self, panel: Panel) -> list[CriterionWords]:
        """Give the criteria in their order; a number that is not this panel's makes a new one."""
        own = set(panel.criteria.values_list("pk", flat=True))
        words = [form.words() for form in self.ordered_forms if form.cleaned_data.get("label")]
        return [
            one
            if one.number in own
            else CriterionWords(one.label, one.anchors, one.weight, one.hint)
            for one in words
        ]


CriterionRows: type[BaseCriterionRows] = formset_factory(  # type: ignore[assignment]  # the base it was given
    CriterionForm,
    formset=BaseCriterionRows,
    can_order=True,
    can_delete=True,
    extra=EMPTY_ROWS,
    max_num=MOST_CRITERIA,
    validate_max=True,
)


def criterion_rows(panel: Panel) -> list[dict[str, Any]]:
    return [
        {
            "number": row.pk,
            "label": row.label,
            "hint": row.hint,
            "weight": row.weight,
            "anchors": row.anchors,
        }
        for row in queries.criteria_of(panel)
    ]


class ReasonForm(forms.Form):
    """Why something that stood is changed; everybody can read it."""

    reason = LongTextField(
        label=_("Reason"), max_length=2000, rows=3, help_text=_("It is published with the rules.")
    )


class ChangeForm(ReasonForm):
    places = forms.IntegerField(label=_("Places to give"), min_value=1, max_value=500)
    version = forms.IntegerField(widget=forms.HiddenInput)


class JurorForm(forms.Form):
    """A person who gets a seat on the panel."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Of somebody who has an account here.")
    )
    expertise = PlainTextField(
        label=_("Knows about"),
        max_length=400,
        required=False,
        help_text=_("Words with commas between, such as: swimming, accessibility."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Reads"),
        choices=[("fi", "suomi"), ("sv", "svenska"), ("en", "English")],
        widget=forms.CheckboxSelectMultiple,
        initial=["fi", "sv", "en"],
    )
    most_reviews = forms.IntegerField(
        label=_("Reviews at most"), min_value=1, max_value=500, initial=20
    )

    reason = LongTextField(
        label=_("Reason"),
        max_length=2000,
        rows=3,
        help_text=_("The panel is open, so say why somebody joins it. Published with the rules."),
    )

    def __init__(self, *args: Any, stands: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not stands:
            del self.fields["reason"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        self.user = User.objects.filter(email__iexact=email, is_active=True).first()
        if self.user is None:
            raise ValidationError(_("Nobody has an account with this address."))
        return email

    def seat(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "user": self.user,
            "expertise": data["expertise"],
            "languages": ",".join(data["languages"]),
            "most_reviews": data["most_reviews"],
            "reason": data.get("reason", ""),
        }


class FinalistsForm(forms.Form):
    """Which ideas are judged here."""

    entries = SeveralField(
        Entry.objects.none(),
        label=_("Ideas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("SeveralField[Entry]", self.fields["entries"])
        field.queryset = queries.eligible(panel).order_by("title", "pk")


class ReviewForm(forms.Form):
    """One field for each criterion: its points with the words that say what they mean."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to_author = LongTextField(
        label=_("To the author"),
        required=False,
        max_length=4000,
        help_text=_(
            "The author reads this, without your name: what is good, and what would make it better."
        ),
    )
    to_jury = LongTextField(label=_("To the panel alone"), required=False, max_length=4000, rows=3)
    field_order: Sequence[str] = ()

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[_name(criterion.pk)] = forms.TypedChoiceField(
                label=str(in_language(criterion, "label")),
                help_text=str(in_language(criterion, "hint")),
                choices=_points(criterion),
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        mark_needed(self, (_name(row.pk) for row in criteria), _("needed before sending"))
        self.order_fields(
            [*(_name(criterion.pk) for criterion in criteria), "to_author", "to_jury"]
        )

    def scores(self) -> dict[int, int]:
        given = {row.pk: self.cleaned_data.get(_name(row.pk)) for row in self.criteria}
        return {key: value for key, value in given.items() if value is not None}

    def ask_for(self, criteria: Sequence[int]) -> None:
        """Say at each of these criteria that points are wanted."""
        for key in criteria:
            self.add_error(_name(key), _("Choose the points that fit best."))

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("to_author", "to_jury")}


def review_initial(review: Review) -> dict[str, Any]:
    given = {_name(score.criterion_id): score.value for score in review.scores.all()}
    return {
        **given,
        "to_author": review.to_author,
        "to_jury": review.to_jury,
        "version": review.version,
    }


class DeclineForm(forms.Form):
    reason = LongTextField(
        label=_("Why you cannot judge this idea"),
        max_length=400,
        rows=2,
        help_text=_("Such as: I work with its authors. Coordinators read this."),
    )


class OrderForm(forms.Form):
    """A place for each finalist, every place given once."""

    def __init__(self, *args: Any, entries: Sequence[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        places = [("", _("Choose")), *((n, str(n)) for n in range(1, len(entries) + 1))]
        for entry in entries:
            self.fields[f"entry-{entry.pk}"] = forms.TypedChoiceField(
                label=_title(entry), choices=places, coerce=int
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first: dict[int, Entry] = {}
        for entry in self.entries:
            place = data.get(f"entry-{entry.pk}")
            if not place:
                continue
            if place in first:
                self.add_error(
                    f"entry-{entry.pk}",
                    _("“%(other)s” has this place already.") % {"other": _title(first[place])},
                )
            first.setdefault(place, entry)
        return data

    def order(self) -> list[int]:
        places: Mapping[str, Any] = self.cleaned_data
        return [entry.pk for entry in sorted(self.entries, key=lambda e: places[f"entry-{e.pk}"])]


class RemarkForm(forms.Form):
    text = LongTextField(label=_("Your remark"), max_length=4000, rows=3)


class AwardsForm(forms.Form):
    """The winners and the words of their prizes."""

    def __init__(self, *args: Any, entries: Sequence[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        for entry in entries:
            self.fields[f"award-{entry.pk}"] = PlainTextField(
                label=_title(entry), max_length=200, required=False
            )
            self.fields[f"citation-{entry.pk}"] = LongTextField(
                label=_("Why: %(title)s") % {"title": _title(entry)},
                max_length=1000,
                rows=2,
                required=False,
                help_text=_("In a sentence or two, for the page of recognition."),
            )

    def awards(self) -> dict[Entry, str]:
        return self._given("award")

    def citations(self) -> dict[Entry, str]:
        return self._given("citation")

    def _given(self, kind: str) -> dict[Entry, str]:
        given = {entry: self.cleaned_data[f"{kind}-{entry.pk}"] for entry in self.entries}
        return {entry: words for entry, words in given.items() if words}


def _title(entry: Entry) -> str:
    return str(in_language(entry, "title"))


def _name(criterion: int) -> str:
    return f"criterion-{criterion}"


def _points(criterion: Criterion) -> list[tuple[int, str]]:
    """The points of the scale with their words, in the reader's language if each point has them there."""
    own = queries.scale(criterion)
    translated = queries.lines(str(in_language(criterion, "anchors")))
    words = translated if len(translated) == len(own) else own
    return [(point, f"{point}: {line}") for point, line in enumerate(words, start=1)]
