"""What the strategy keeps about people: who told of an action, as an act of the city's."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "strategy.ActionUpdate",
    _("News that I wrote about actions"),
    fields=("author",),
    columns=("at", "action__slug", "language", "text", "state"),
)
