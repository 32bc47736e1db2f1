from django.utils.translation import gettext_lazy as _

from vuoksi.base.search.registry import searchable
from vuoksi.strategy.models import Action, Chapter, Goal, ImpactMap, Roadmap

searchable(
    "chapters",
    _("The story"),
    queryset=lambda person: Chapter.objects.select_related("story"),
    fields=("title", "body"),
    url=Chapter.get_absolute_url,
)
searchable(
    "roadmaps",
    _("Roadmaps"),
    queryset=lambda person: Roadmap.objects.all(),
    fields=("title", "summary"),
    url=Roadmap.get_absolute_url,
)
searchable(
    "goals",
    _("Goals"),
    queryset=lambda person: Goal.objects.all(),
    fields=("title", "summary"),
    url=Goal.get_absolute_url,
)
searchable(
    "actions",
    _("Actions of the strategy"),
    queryset=lambda person: Action.objects.select_related("owner"),
    fields=("title", "summary", "expected_effect"),
    url=Action.get_absolute_url,
    text=lambda row: f"{row.code} {row.owner.name if row.owner else row.responsible}",
)
searchable(
    "impact_maps",
    _("Impact maps"),
    queryset=lambda person: ImpactMap.objects.all(),
    fields=("title", "summary"),
    url=ImpactMap.get_absolute_url,
)
