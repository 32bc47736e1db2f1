"""What a token can be allowed to do, beyond which it must not go though its person may."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCOPES: dict[str, "str | Promise"] = {
    "read": _("read what you may read"),
    "entries:write": _("hand in entries to calls"),
    "measurements:write": _("send measurements of experiments"),
    "observations:write": _("send observations of indicators"),
}


def scope(key: str, label: "str | Promise") -> str:
    """Add a scope. An app with an API of its own does this in its `api.py`."""
    if key in SCOPES:
        raise ValueError(f"the scope {key!r} stands twice")
    SCOPES[key] = label
    return key
