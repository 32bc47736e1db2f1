"""`vuoksi`: engines without Django, Django's commands behind them."""

import io
import subprocess
import sys

import pytest

from vuoksi.site import command, rosters

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


class TestRosterBenchmark:
    """`vuoksi roster-benchmark`, with an instance of our own."""

    TEXT = """SECTION_HORIZON
14
SECTION_SHIFTS
D,480,
SECTION_STAFF
A,D=14,5760,0,5,2,2,2
B,D=14,5760,0,5,2,2,2
SECTION_COVER
""" + "".join(f"{day},D,1,100,1\n" for day in range(14))

    def test_it_prints_cost_bound_gap_and_times_and_writes_the_roster(self, tmp_path, capsys):
        file = tmp_path / "small.txt"
        file.write_text(self.TEXT)
        with pytest.raises(SystemExit) as end:
            command.run(
                [
                    "vuoksi",
                    "roster-benchmark",
                    "--seconds",
                    "5",
                    "--write",
                    str(tmp_path / "out"),
                    str(file),
                ]
            )
        assert end.value.code == 0
        head, line = capsys.readouterr().out.splitlines()
        assert head.split()[:4] == ["instance", "cost", "bound", "gap"]
        assert line.split()[:4] == ["small", "0", "0", "0.00"]
        rows = (tmp_path / "out" / "small.tsv").read_text().splitlines()
        assert [sum(row.split("\t")[day] == "D" for row in rows) for day in range(14)] == [1] * 14

    def test_a_file_that_cannot_be_read_is_named(self, tmp_path, capsys):
        file = tmp_path / "wrong.txt"
        file.write_text("SECTION_HORIZON\nlong\n")
        assert rosters.run(["--seconds", "1", str(file), str(tmp_path / "none.txt")]) == 1
        said = capsys.readouterr().err
        assert f"{file}: line 2: cannot be read as HORIZON: long" in said
        assert "none.txt" in said
