"""Small: functions mostly under 40 lines and never above 60, files under 400, complexity at most 8."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, SOURCE, parse, plant, sources

LONGEST_FUNCTION = 60
USUAL_FUNCTION = 40
SHARE_OF_USUAL = 0.95
LONGEST_FILE = 400
# Names that say nothing of what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services", "common", "misc"}  # fmt: skip
# The city's own service catalogue is a system of that name (DESIGN §2).
FIELD_NAMES = {"systems/services"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(package: Path) -> dict[str, int]:
    """Lines of each function without its docstring; a function inside another counts in both."""
    return {
        f"{path.relative_to(package)}:{node.lineno}: {node.name}": lines(node)
        for path in sources(package)
        for node in ast.walk(parse(path))
        if isinstance(node, Function)
    }


def lines(function: Function) -> int:
    total = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno:
        total -= first.end_lineno - first.lineno + 1
    return total


def too_long(package: Path) -> list[str]:
    return [name for name, length in functions(package).items() if length > LONGEST_FUNCTION]


def share_of_usual(package: Path) -> float:
    lengths = list(functions(package).values())
    return sum(length <= USUAL_FUNCTION for length in lengths) / len(lengths)


def long_files(package: Path) -> list[str]:
    return [
        str(path.relative_to(package))
        for path in sources(package)
        if len(path.read_text().splitlines()) > LONGEST_FILE
    ]


def empty_names(package: Path) -> list[str]:
    found = (path.relative_to(package) for path in package.rglob("*") if path.suffix in {"", ".py"})
    return sorted(
        str(path)
        for path in found
        if path.stem in EMPTY_NAMES
        and str(path) not in FIELD_NAMES
        and "__pycache__" not in path.parts
    )


def complexity(root: Path) -> tuple[int, str]:
    """What ruff says of too complex functions, under the project's own limit."""
    done = subprocess.run(
        [
            sys.executable, "-m", "ruff", "check", "--select", "C901", "--no-cache", "--output-format", "concise",
            "--config", str(ROOT / "pyproject.toml"), str(root),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def straight(name: str, length: int) -> str:
    """A function of `length` lines."""
    return "\n".join([f"def {name}():", *["    x = 1"] * (length - 1)])


def test_no_function_is_too_long():
    assert too_long(SOURCE) == []


def test_nearly_all_functions_are_short():
    assert share_of_usual(SOURCE) >= SHARE_OF_USUAL


def test_no_file_is_too_long():
    assert long_files(SOURCE) == []


def test_no_function_is_too_complex():
    assert complexity(SOURCE) == (0, "All checks passed!\n")


def test_no_name_is_empty():
    assert empty_names(SOURCE) == []


def test_planted_long_function_is_caught(tmp_path):
    plant(tmp_path, "base/planted/views.py", straight("fits", 60) + "\n" + straight("long", 61))

    assert too_long(tmp_path) == ["base/planted/views.py:62: long"]


def test_docstring_lines_are_not_counted(tmp_path):
    documented = straight("fits", 60).replace(
        ":\n", ':\n    """What it does.\n\n    And why.\n    """\n', 1
    )
    plant(tmp_path, "base/planted/views.py", documented)

    assert too_long(tmp_path) == []


def test_planted_share_of_long_functions_is_counted(tmp_path):
    plant(tmp_path, "planted.py", "\n".join([straight("short", 40)] * 3 + [straight("long", 41)]))

    assert share_of_usual(tmp_path) == pytest.approx(0.75)


def test_planted_long_file_is_caught(tmp_path):
    plant(tmp_path, "fits.py", "\n".join(["x = 1"] * 399))
    plant(tmp_path, "long.py", "\n".join(["x = 1"] * 400))

    assert long_files(tmp_path) == ["long.py"]


def test_planted_complexity_is_caught(tmp_path):
    branches = "\n".join(f"    if x == {n}:\n        return {n}" for n in range(8))
    plant(tmp_path, "planted.py", f"def tangled(x):\n{branches}\n    return 9")

    status, said = complexity(tmp_path)

    assert status == 1
    assert "`tangled` is too complex (9 > 8)" in said


@pytest.mark.parametrize("path", ["base/planted/utils.py", "systems/common/models.py"])
def test_planted_empty_name_is_caught(tmp_path, path):
    plant(tmp_path, path, "")

    assert len(empty_names(tmp_path)) == 1
