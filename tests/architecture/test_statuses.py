"""A page with a form takes its status from one place."""

import ast

from tests.architecture.tree import SOURCE, parse, plant, sources

# The page before the start of an experiment has faults, and no form.
WITHOUT_FORM = {"loop/experiments/plans/views.py"}


def own_statuses(package) -> list[str]:
    """Each view that says 422 by itself, as file and line."""
    found = []
    for path in sources(package):
        place = path.relative_to(package)
        if "views" not in {*place.parts, place.stem} or place.as_posix() in WITHOUT_FORM:
            continue
        found += [
            f"{place}:{node.lineno}"
            for node in ast.walk(parse(path))
            if isinstance(node, ast.Constant) and node.value == 422
        ]
    return found


def test_no_view_says_by_itself_that_a_form_has_faults():
    assert own_statuses(SOURCE) == []


def test_one_that_does_is_found(tmp_path):
    plant(tmp_path, "loop/views/making.py", "status = 422 if form.errors else 200")

    assert own_statuses(tmp_path) == ["loop/views/making.py:2"]
