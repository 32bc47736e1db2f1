from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person, is_city_staff, permission, predicate
from vuoksi.base.texts import registry


@predicate
def may_see_source(user: Person, thing: Model) -> bool:
    return registry.is_open_to(user, thing)


may_translate, check_translate = permission(
    "texts.translate",
    is_city_staff & may_see_source,
    reason=_("Only city staff who may read a text can translate it."),
)
