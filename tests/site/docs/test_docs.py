"""What is not documented, or documented and not there, is named."""

from pathlib import Path

import pytest
from django.core.management.base import BaseCommand

from vuoksi.base.people.rules import TABLE
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.site.docs import commands, links, pages, registries, variables

PLANTED = """
import os
from vuoksi.site import environment
A = environment.text("VUOKSI_PLANTED", f"http://localhost:{PORT}")
B = environment.flag("VUOKSI_FLAG")
C = environment.words("VUOKSI_LIST", "a,b")
D = os.environ.get("DATABASE_URL", "sqlite:///x")
E = print("VUOKSI_NOT_READ")
"""


@pytest.fixture
def project(tmp_path) -> Path:
    """A project with one document and one system that has none."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "src" / "systems" / "planted").mkdir(parents=True)
    (tmp_path / "src" / "systems" / "planted" / "__init__.py").touch()
    (tmp_path / "docs" / "page.md").write_text("# A page: one\n\n## Part\n\n## Part\n")
    return tmp_path


def test_variables_are_found_with_kind_and_default(tmp_path):
    (tmp_path / "settings.py").write_text(PLANTED)

    assert variables.variables(tmp_path) == [
        variables.Variable("DATABASE_URL", "text", "`sqlite:///x`"),
        variables.Variable("VUOKSI_FLAG", "yes or no", "no"),
        variables.Variable("VUOKSI_LIST", "list", "`a,b`"),
        variables.Variable("VUOKSI_PLANTED", "text", "`http://localhost:{PORT}`"),
    ]


def test_undescribed_variable_is_named(tmp_path):
    (tmp_path / "settings.py").write_text('environment.text("VUOKSI_PLANTED")')

    found = variables.undescribed(tmp_path)

    assert found[0] == "VUOKSI_PLANTED is read and not described"
    assert "VUOKSI_CITY is described and not read" in found


def test_every_own_command_and_option_says_what_it_does():
    assert commands.undescribed() == []
    assert {"docs", "messages", "serve"} <= set(commands.commands())
    assert "- `DO` (write, check): write: make the pages anew" in commands.commands_page()


def test_silent_command_is_named(monkeypatch):
    class Silent(BaseCommand):
        def add_arguments(self, parser):
            parser.add_argument("--fast", action="store_true")

    monkeypatch.setattr(commands, "commands", lambda: {"planted": Silent()})

    assert commands.undescribed() == ["planted has no help", "planted: --fast has no help"]


def test_a_machine_is_found_and_drawn(tmp_path, monkeypatch):
    package = tmp_path / "plantedapp"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "models.py").write_text(
        "from vuoksi.lib.transitions import Machine, Transition\n"
        'DOOR = Machine("front door", "shut", (Transition("open", frozenset({"shut"}), "open"),))\n'
    )
    monkeypatch.syspath_prepend(tmp_path)

    found = registries.states_pages(package)

    assert sorted(found) == ["README.md", "front-door.md"]
    assert found["front-door.md"] == registries.state_page(
        Machine("front door", "shut", (Transition("open", frozenset({"shut"}), "open"),))
    )
    assert "    shut --> open: open\n" in found["front-door.md"]
    assert "| open | shut | open |" in found["front-door.md"]
    assert "[front door](front-door.md)" in found["README.md"]


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("page.md", True),
        ("page.md#a-page-one", True),
        ("#part-1", True),
        ("../src", True),
        ("gone.md", False),
        ("page.md#gone", False),
        ("#part-2", False),
    ],
)
def test_links(project, link, leads):
    assert links.leads_somewhere(project / "docs" / "page.md", link) is leads


def test_broken_link_is_named_and_code_is_no_link(project):
    text = "[a](gone.md) ![b](gone.png) [c](https://example.org)\n\n`[d](x)`\n\n```\n[e](y)\n```\n"
    (project / "README.md").write_text(text)

    assert links.broken_links(project) == ["README.md: gone.md", "README.md: gone.png"]


def test_system_without_readme_is_named(project):
    assert pages.systems_without_readme(project / "src") == ["planted"]

    (project / "src/systems/planted/README.md").touch()

    assert pages.systems_without_readme(project / "src") == []


def test_pages_are_written_checked_and_cleared(project, settings, monkeypatch):
    source = settings.SOURCE
    # Made once: the whole API and every module are read for it, and they do not change meanwhile.
    made = pages.generated(source)
    monkeypatch.setattr(pages, "generated", lambda _source: made)
    assert len(pages.write(project, source)) == len(made)
    assert pages.write(project, source) == []
    assert pages.faults(project, source) == []

    (project / pages.STATES / "leftover.md").write_text("# Gone\n")
    (project / pages.REFERENCE / "permissions.md").write_text("# Old\n")

    assert pages.faults(project, source) == [
        "docs/reference/permissions.md is behind the code, run `make docs`",
        "docs/reference/states/leftover.md has no source any more, run `make docs`",
    ]
    assert pages.write(project, source) == [pages.REFERENCE / "permissions.md"]
    assert pages.faults(project, source) == []


def test_every_permission_of_the_table_stands_on_its_page():
    page = registries.permissions_page()

    assert [name for name in TABLE if f"| `{name}` |" not in page] == []
