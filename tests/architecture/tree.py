"""The source as the walls see it, and a copy of it in which a fault can be planted."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "vuoksi"


def sources(root: Path = SOURCE) -> Iterator[Path]:
    """Every Python file of the product but migrations, which Django writes."""
    return (path for path in sorted(root.rglob("*.py")) if "migrations" not in path.parts)


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def copy_source(to: Path) -> Path:
    """Copy the Python files to `to`/src/vuoksi, and the contracts beside it; gives the copy of the package."""
    copy = to / "src" / "vuoksi"
    shutil.copytree(SOURCE, copy, ignore=_all_but_python)
    shutil.copy(ROOT / "pyproject.toml", to)
    return copy


def plant(package: Path, path: str, text: str) -> Path:
    """Add `text` to the file at `path`, making the file and its packages when they are not there."""
    file = package / path
    file.parent.mkdir(parents=True, exist_ok=True)
    for folder in file.parents:
        if folder == package:
            break
        (folder / "__init__.py").touch()
    with file.open("a") as stream:
        stream.write(f"\n{text}\n")
    return file


def _all_but_python(folder: str, names: list[str]) -> set[str]:
    return {
        name
        for name in names
        if name == "__pycache__" or (Path(folder, name).is_file() and not name.endswith(".py"))
    }
