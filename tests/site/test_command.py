"""`vuoksi`: engines without Django, Django's commands behind them."""

import io
import subprocess
import sys

import pytest

from vuoksi.site import command

WITHOUT_DJANGO = """
import sys
sys.modules["django"] = None
from vuoksi.__main__ import main
sys.argv = ["vuoksi", "engine", "experiments"]
main()
"""


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["experiments", "more"]])
def test_unknown_engine_names_the_known_ones(capsys, arguments):
    assert command.run_engine(arguments) == 2
    assert "engines: analyses, experiments" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(command.ENGINES))
@pytest.mark.parametrize("text", ["", "{", "[]", '{"kind": 1}'])
def test_engine_refuses_what_is_no_problem(monkeypatch, capsys, name, text):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    assert command.run_engine([name]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip() != ""


def test_engines_run_where_django_cannot_be_imported():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO],
        input="{}", capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_other_commands_are_djangos(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["vuoksi", "check"])

    command.run(sys.argv)

    assert "no issues" in capsys.readouterr().out
