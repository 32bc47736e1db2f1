"""Engines and lib work where Django cannot be imported."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import SOURCE, plant, sources

BLOCKED = ("django", "ninja", "asgiref", "allauth", "rules", "django_tasks")
IMPORT_ALL = """
import importlib, sys
for name in {blocked}:
    sys.modules[name] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def pure_modules(package: Path) -> list[str]:
    """The dotted names of all modules of lib and of every engine."""
    return [
        dotted(path, package)
        for path in sources(package)
        if "engine" in path.relative_to(package).parts[:-1] or path.is_relative_to(package / "lib")
    ]


def dotted(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def import_without_django(package: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL.format(blocked=BLOCKED), *pure_modules(package)],
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_lib_and_engines_import_with_django_blocked():
    assert "vuoksi.lib.transitions" in pure_modules(SOURCE)
    assert import_without_django(SOURCE) == (0, "")


def test_an_engine_that_imports_django_is_caught(tmp_path):
    package = tmp_path / "vuoksi"
    plant(package, "__init__.py", "")
    plant(package, "systems/planted/engine/solve.py", "from django.utils import timezone")

    status, said = import_without_django(package)

    assert status == 1
    assert "No module named 'django.utils'" in said
    assert "solve.py" in said
