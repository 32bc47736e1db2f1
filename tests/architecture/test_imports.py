"""The import contracts hold, and each of them catches what it is there for."""

import os
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.tree import ROOT, copy_source, plant

# contract, file, what is planted in it, what the linter must say of it
PLANTED = [
    (
        "storeys",
        "lib/planted.py",
        "import vuoksi.base.people.models",
        "vuoksi.lib.planted -> vuoksi.base.people.models",
    ),
    (
        "storeys",
        "base/people/models.py",
        "from vuoksi import indicators",
        "vuoksi.base.people.models -> vuoksi.indicators",
    ),
    (
        "storeys",
        "indicators/models.py",
        "from vuoksi import strategy",
        "vuoksi.indicators.models -> vuoksi.strategy",
    ),
    (
        "storeys",
        "strategy/models.py",
        "from vuoksi.loop import calls",
        "vuoksi.strategy.models -> vuoksi.loop.calls",
    ),
    (
        "storeys",
        "loop/calls/models.py",
        "from vuoksi.systems import planted",
        "vuoksi.loop.calls.models -> vuoksi.systems.planted",
    ),
    (
        "storeys",
        "systems/planted/models.py",
        "from vuoksi.site import settings",
        "vuoksi.systems.planted.models -> vuoksi.site.settings",
    ),
    ("storeys", "extra/__init__.py", "", "- vuoksi.extra"),
    (
        "systems",
        "systems/planted/queries.py",
        "from vuoksi.systems import other",
        "vuoksi.systems.planted.queries -> vuoksi.systems.other",
    ),
    (
        "loop",
        "loop/calls/planted.py",
        "from vuoksi.loop import decisions",
        "vuoksi.loop.calls.planted -> vuoksi.loop.decisions",
    ),
    (
        "experiments",
        "loop/experiments/plans/planted.py",
        "from vuoksi.loop.experiments import analyses",
        "vuoksi.loop.experiments.plans.planted -> vuoksi.loop.experiments.analyses",
    ),
    (
        "experiments",
        "loop/experiments/testbeds/planted.py",
        "from vuoksi.loop.experiments import measurements",
        "vuoksi.loop.experiments.testbeds.planted -> vuoksi.loop.experiments.measurements",
    ),
    (
        "base",
        "base/people/models.py",
        "from vuoksi.base import organisations",
        "vuoksi.base.people.models -> vuoksi.base.organisations",
    ),
    (
        "base",
        "base/files/models.py",
        "from vuoksi.base import talk",
        "vuoksi.base.files.models -> vuoksi.base.talk",
    ),
    (
        "base",
        "base/runs/models.py",
        "from vuoksi.base import series",
        "vuoksi.base.runs.models -> vuoksi.base.series",
    ),
    (
        "base",
        "base/notices/models.py",
        "from vuoksi.base import moderation",
        "vuoksi.base.notices.models -> vuoksi.base.moderation",
    ),
    ("base", "base/extra/__init__.py", "", "- vuoksi.base.extra"),
    (
        "pure",
        "lib/planted.py",
        "from django.utils import timezone",
        "vuoksi.lib.planted -> django",
    ),
    (
        "pure",
        "systems/planted/engine/solve.py",
        "import time",
        "vuoksi.systems.planted.engine.solve -> time",
    ),
    (
        "pure",
        "systems/planted/engine/solve.py",
        "from vuoksi.systems.planted import models",
        "vuoksi.systems.planted.engine.solve -> vuoksi.systems.planted.models",
    ),
    (
        "anatomy",
        "base/organisations/models.py",
        "from vuoksi.base.organisations import actions",
        "vuoksi.base.organisations.models -> vuoksi.base.organisations.actions",
    ),
    (
        "anatomy",
        "systems/planted/rules.py",
        "from vuoksi.systems.planted import queries",
        "vuoksi.systems.planted.rules -> vuoksi.systems.planted.queries",
    ),
    (
        "anatomy",
        "loop/calls/actions.py",
        "from vuoksi.loop.calls import views",
        "vuoksi.loop.calls.actions -> vuoksi.loop.calls.views",
    ),
    (
        "anatomy",
        "loop/experiments/plans/views.py",
        "from vuoksi.loop.experiments.plans import tasks",
        "vuoksi.loop.experiments.plans.views -> vuoksi.loop.experiments.plans.tasks",
    ),
    ("anatomy", "strategy/helpers.py", "", "- vuoksi.strategy.helpers"),
    ("anatomy", "systems/planted/service.py", "", "- vuoksi.systems.planted.service"),
    (
        "site",
        "site/settings.py",
        "from vuoksi.site import views",
        "vuoksi.site.settings -> vuoksi.site.views",
    ),
    (
        "cycles",
        "base/people/models.py",
        "from vuoksi.base import talk",
        "- .people -> .talk (1 import)",
    ),
]


@pytest.fixture(scope="module")
def with_other_apps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source in which two more systems and the files that plants speak of stand."""
    root = tmp_path_factory.mktemp("walls")
    package = copy_source(root)
    plant(package, "systems/other/__init__.py", "")
    for path in ("models.py", "queries.py", "engine/__init__.py"):
        plant(package, f"systems/planted/{path}", "")
    for path in ("calls/actions.py", "calls/views.py", "experiments/plans/tasks.py"):
        plant(package, f"loop/{path}", "")
    return root


def test_all_contracts_are_kept():
    status, said = lint(ROOT)

    assert (status, "0 broken" in said) == (0, True), said


@pytest.mark.parametrize(("contract", "path", "code", "named"), PLANTED)
def test_planted_violation_is_caught(with_other_apps, tmp_path, contract, path, code, named):
    package = copy_tree(with_other_apps, tmp_path)
    plant(package, path, code)

    status, said = lint(tmp_path, contract)

    assert (status, "1 broken" in said, named in said) == (1, True, True), said


def test_every_contract_has_a_planted_violation():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}

    assert {contract for contract, *_ in PLANTED} == contracts


def test_every_app_has_the_anatomy_but_the_kits():
    kits = {"vuoksi.base.lists", "vuoksi.base.ui", "vuoksi.site"}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (anatomy,) = (c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == "anatomy")
    ours = {app.name for app in apps.get_app_configs() if app.name.startswith("vuoksi.")}

    assert {
        name for name in ours if not any(fnmatch(name, c) for c in anatomy["containers"])
    } == kits


def copy_tree(root: Path, to: Path) -> Path:
    shutil.copytree(root, to, dirs_exist_ok=True)
    return to / "src" / "vuoksi"


def lint(root: Path, *contracts: str) -> tuple[int, str]:
    """Run the linter over the source below `root`; gives its exit status and what it says."""
    command = [sys.executable, "-c", "from importlinter.cli import *; lint_imports_command()"]
    options = [f"--contract={contract}" for contract in contracts]
    done = subprocess.run(
        [*command, "--no-logo", "--no-cache", *options],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
