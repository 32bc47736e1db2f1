from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.rules import Person, is_city_staff
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds import queries, rules
from vuoksi.loop.experiments.testbeds.engine import Offer, Slot, Wish, slots_between
from vuoksi.loop.experiments.testbeds.models import Offering
from vuoksi.loop.experiments.testbeds.refusals import Taken
from vuoksi.loop.experiments.testbeds.words import MISTAKES, left_words

# Days beyond these are no days to look at, whatever somebody types.
FURTHEST = timedelta(days=732)
# Where a mistake of the engine is said.
FIELDS = {"first": "first_day", "last": "last_day", "units": "units"}
BY_THE_HOUR = (Offering.Slot.HOUR, Offering.Slot.HALF_DAY)


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class BookingForm(forms.Form):
    """A wish in days and hours of the local clock. After a refusal `offers` holds what is free near by."""

    # The same form sent twice is one booking.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    experiment = forms.ModelChoiceField(Experiment.objects.none(), label=_("For the experiment"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("On behalf of"),
        help_text=_("The unit in charge of the experiment, or one of its partners."),
    )
    first_day = forms.DateField(label=_("From"), widget=_day())
    first_time = forms.ChoiceField(label=_("From, time"))
    last_day = forms.DateField(
        label=_("To"), widget=_day(), help_text=_("The last day. Closed days between are left out.")
    )
    last_time = forms.ChoiceField(
        label=_("To, time"), help_text=_("The beginning of the last slot that you need.")
    )
    units = forms.IntegerField(label=_("Number of units"), min_value=1, initial=1)
    purpose = forms.CharField(
        label=_("What for"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("The unit in charge reads this. The public calendar says only “booked”."),
    )

    offers: tuple[Offer, ...] = ()

    def __init__(
        self, data: Any = None, *, offering: Offering, person: Person, today: date, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.offering, self.person, self.today = offering, person, today
        self.rhythm = queries.rhythm_of(offering)
        self._offer_choices()
        if offering.slot not in BY_THE_HOUR:
            del self.fields["first_time"], self.fields["last_time"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_part(data)
        for name in ("first_day", "last_day"):
            day = data.get(name)
            if day is not None and abs(day - self.today) > FURTHEST:
                self.add_error(name, MISTAKES["past" if day < self.today else "too_far"])
        self._check_figures(data)
        return data

    def wish(self) -> Wish:
        """What is asked for; another time that was offered goes before what is typed."""
        instead = _instead(self.data.get("instead", ""))
        if instead is not None:
            return Wish(*instead, self.cleaned_data["units"])
        data = self.cleaned_data
        return Wish(
            self._slot_start(data["first_day"], data.get("first_time", ""), is_last=False),
            self._slot_start(data["last_day"], data.get("last_time", ""), is_last=True),
            data["units"],
        )

    def add_mistakes(self, mistakes: dict[str, str]) -> None:
        for what, code in mistakes.items():
            self.add_error(FIELDS[what], MISTAKES[code])

    def add_taken(self, taken: Taken) -> None:
        """Say at the field that somebody else has it, and keep what is free near by."""
        self.add_error("first_day", left_words(taken.free))
        self.offers = taken.offers

    def _offer_choices(self) -> None:
        experiments = queries.experiments_to_book_for(self.person)
        organisations = Organisation.objects.order_by("name")
        if not is_city_staff.test(self.person):
            organisations = organisations.filter(pk__in=rules.memberships_of(self.person))
        cast("forms.ModelChoiceField[Any]", self.fields["experiment"]).queryset = experiments
        cast("forms.ModelChoiceField[Any]", self.fields["organisation"]).queryset = organisations
        hours = [(hour, hour) for hour in self._hours()]
        for name in ("first_time", "last_time"):
            cast("forms.ChoiceField", self.fields[name]).choices = hours

    def _hours(self) -> list[str]:
        """The times at which a slot begins, in the coming week."""
        slots = slots_between(self.rhythm, self.today, self.today + timedelta(days=6))
        return sorted({_shown(slot) for slot in slots})

    def _check_part(self, data: dict[str, Any]) -> None:
        experiment, organisation = data.get("experiment"), data.get("organisation")
        if experiment is None or organisation is None:
            return
        if organisation.pk not in rules.organisations_in(experiment):
            self.add_error("organisation", _("This organisation takes no part in the experiment."))

    def _check_figures(self, data: dict[str, Any]) -> None:
        """What can be said at once, so that nobody mends one mistake after the other."""
        if data.get("units", 0) > self.offering.units:
            self.add_error("units", MISTAKES["too_many_units"])
        first, last = data.get("first_day"), data.get("last_day")
        if first is not None and last is not None and last < first:
            self.add_error("last_day", MISTAKES["backwards"])

    def _slot_start(self, day: date, shown: str, *, is_last: bool) -> datetime:
        """The beginning of the slot that is meant; a moment in no slot when there is none."""
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        if self.offering.slot in BY_THE_HOUR:
            slots = [slot for slot in slots_between(self.rhythm, day, day) if _shown(slot) == shown]
            return slots[-1 if is_last else 0].start if slots else noon
        week = slots_between(self.rhythm, day - timedelta(days=6), day)
        there = [slot for slot in week if _covers(slot, day)]
        return there[-1].start if there else noon


class ReasonForm(forms.Form):
    """Why a booking is refused or cancelled, or an agreement declined."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


def _shown(slot: Slot) -> str:
    return timezone.localtime(slot.start).strftime("%H:%M")


def _covers(slot: Slot, day: date) -> bool:
    last = timezone.localtime(slot.end - timedelta(seconds=1)).date()
    return timezone.localtime(slot.start).date() <= day <= last


def _instead(value: str) -> tuple[datetime, datetime] | None:
    """Read "first/last" as the button of another time sends it."""
    first, slash, last = value.partition("/")
    if not slash:
        return None
    try:
        moments = datetime.fromisoformat(first), datetime.fromisoformat(last)
    except ValueError:
        return None
    return None if any(one.tzinfo is None for one in moments) else moments
