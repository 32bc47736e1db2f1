"""The reasons and outcomes that people choose from, in plain words. The keys are kept, the words may change."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule of the house: its name, and what it means."""

    label: "str | Promise"
    meaning: "str | Promise"


REASONS: dict[str, Reason] = {
    "spam": Reason(
        _("Advertising or spam"),
        _("It sells something, repeats itself, or leads away from the city's matters."),
    ),
    "insult": Reason(
        _("Insulting or hateful"),
        _(
            "It attacks people, or a group of people, instead of saying what one thinks of a matter."
        ),
    ),
    "personal": Reason(
        _("Somebody's personal data"),
        _("It tells a name, an address, a telephone number or the private life of somebody."),
    ),
    "offtopic": Reason(
        _("Off topic"), _("It has nothing to do with what is talked about in this place.")
    ),
    "illegal": Reason(
        _("Against the law"),
        _("It threatens, incites to crime, or breaks the law in another way."),
    ),
    "other": Reason(_("Something else"), _("Say in your own words what is wrong.")),
}
FINE = "fine"
FINE_LABEL = _("It breaks no rule")
DOUBTS: dict[str, "str | Promise"] = {
    "links": _("It has many links."),
    "new_with_link": _("It has a link, and it is the first text of a new writer."),
    "many": _("Its writer has sent many texts within a day."),
}


def reason_label(key: str) -> "str | Promise":
    """Give the name of a reason; a row from before these reasons has words of its own."""
    if key == FINE:
        return FINE_LABEL
    return REASONS[key].label if key in REASONS else key
