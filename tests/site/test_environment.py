"""What the surroundings decide."""

import stat

import pytest

from vuoksi.site import environment, identity


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("1", True),
        ("true", True),
        (" YES ", True),
        ("on", True),
        ("0", False),
        ("", False),
        ("maybe", False),
    ],
)
def test_flag(monkeypatch, value, meant):
    monkeypatch.setenv("VUOKSI_PLANTED", value)

    assert environment.flag("VUOKSI_PLANTED", default=not meant) is meant


@pytest.mark.parametrize("default", [True, False])
def test_flag_that_is_not_set(monkeypatch, default):
    monkeypatch.delenv("VUOKSI_PLANTED", raising=False)

    assert environment.flag("VUOKSI_PLANTED", default=default) is default


def test_words(monkeypatch):
    monkeypatch.setenv("VUOKSI_PLANTED", " a.example, ,b.example,")

    assert environment.words("VUOKSI_PLANTED") == ["a.example", "b.example"]
    assert environment.words("VUOKSI_OTHER", "x,y") == ["x", "y"]


def test_given_secret_is_taken(monkeypatch, tmp_path):
    monkeypatch.setenv("VUOKSI_SECRET_KEY", "given")

    assert environment.secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_secret_is_made_once_and_readable_by_its_owner_only(monkeypatch, tmp_path):
    monkeypatch.delenv("VUOKSI_SECRET_KEY", raising=False)
    folder = tmp_path / "var"

    made = environment.secret_key(folder)

    assert len(made) >= 64
    assert environment.secret_key(folder) == made
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/city.sqlite3", "/srv/city.sqlite3"),
        ("sqlite:///city%20one.sqlite3", "city one.sqlite3"),
        ("sqlite://", ":memory:"),
    ],
)
def test_sqlite_address(url, name):
    found = environment.database(url)

    assert found["NAME"] == name
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_address():
    found = environment.database("postgresql://me:p%40ss@db.example:5433/city?sslmode=require")

    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "city",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }


def test_unknown_database_is_refused_by_name():
    with pytest.raises(ValueError, match="not 'mysql'"):
        environment.database("mysql://db/city")


def test_no_identity_provider_is_none():
    assert identity.providers("")["openid_connect"]["APPS"] == []


def test_an_identity_provider_becomes_allauths():
    given = '[{"id": "k", "name": "City", "server_url": "https://id.example", "client_id": "v", "secret": "s"}]'

    assert identity.providers(given) == {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "k",
                    "name": "City",
                    "client_id": "v",
                    "secret": "s",
                    "settings": {"server_url": "https://id.example"},
                }
            ],
        }
    }


def test_an_identity_provider_that_lacks_something_is_refused():
    with pytest.raises(ValueError, match="lacks server_url, secret"):
        identity.providers('[{"id": "k", "name": "City", "client_id": "v"}]')
