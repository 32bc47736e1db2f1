"""OpenID Connect providers from one setting, e.g. a Keycloak that stands before Suomi.fi."""

import json
from typing import Any


def providers(setting: str) -> dict[str, Any]:
    """Read a JSON list of providers into allauth's form.

    Each provider is `{"id", "name", "server_url", "client_id", "secret"}`; an empty setting means none.
    Raises ValueError with the missing names.
    """
    apps = [_provider(entry) for entry in json.loads(setting or "[]")]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}


def _provider(entry: dict[str, str]) -> dict[str, Any]:
    missing = [
        name for name in ("id", "name", "server_url", "client_id", "secret") if not entry.get(name)
    ]
    if missing:
        raise ValueError(f"VUOKSI_OIDC: a provider lacks {', '.join(missing)}")
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {"server_url": entry["server_url"]},
    }
