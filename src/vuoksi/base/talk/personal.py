"""What talk keeps about people."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept, on_erasure
from vuoksi.base.talk import actions

_ABOUT = ("content_type__model", "object_id")

kept(
    "talk.Comment",
    _("My comments"),
    fields=("author",),
    columns=(
        "id",
        "written_at",
        "language",
        "text",
        "is_official",
        "visibility",
        "hidden_at",
        *_ABOUT,
    ),
)
kept("talk.Support", _("What I support"), fields=("user",), columns=("at", *_ABOUT))
kept("talk.Follow", _("What I follow"), fields=("user",), columns=("at", *_ABOUT))
on_erasure(actions.forget_person)
