import shutil
import sqlite3
from contextlib import closing

import pytest

from vuoksi.base.series.store import held
from vuoksi.site import backup

SQLITE = "django.db.backends.sqlite3"


def installation(place):
    """An installation with one row and one file."""
    place.mkdir()
    with closing(sqlite3.connect(place / "vuoksi.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE idea (title TEXT)")
        database.execute("INSERT INTO idea VALUES ('A bench at the tram stop')")
        database.commit()
    (place / "files").mkdir()
    (place / "files" / "map.pdf").write_bytes(b"%PDF map")
    (place / "series" / "meters").mkdir(parents=True)
    (place / "series" / "meters" / "1.parquet").write_bytes(b"rows")
    return where(place)


def where(place):
    return {
        "database": {"ENGINE": SQLITE, "NAME": str(place / "vuoksi.sqlite3")},
        "files": place / "files",
        "series": place / "series",
    }


def ideas(place):
    with closing(sqlite3.connect(place / "vuoksi.sqlite3")) as database:
        return database.execute("SELECT title FROM idea").fetchall()


def test_what_was_written_is_restored(tmp_path):
    backup.write(tmp_path / "b.tar.gz", **installation(tmp_path / "old"))
    backup.restore(tmp_path / "b.tar.gz", **where(tmp_path / "new"))
    assert ideas(tmp_path / "new") == [("A bench at the tram stop",)]
    assert (tmp_path / "new" / "files" / "map.pdf").read_bytes() == b"%PDF map"
    assert (tmp_path / "new" / "series" / "meters" / "1.parquet").read_bytes() == b"rows"


def test_only_the_owner_can_read_a_backup(tmp_path):
    backup.write(tmp_path / "b.tar.gz", **installation(tmp_path / "old"))
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600


def test_a_backup_replaces_nothing(tmp_path):
    here = installation(tmp_path / "old")
    (tmp_path / "b.tar.gz").write_text("mine")
    with pytest.raises(backup.BackupRefused, match="stands already"):
        backup.write(tmp_path / "b.tar.gz", **here)
    assert (tmp_path / "b.tar.gz").read_text() == "mine"


def test_a_backup_goes_into_a_folder_that_is_there(tmp_path):
    here = installation(tmp_path / "old")
    with pytest.raises(backup.BackupRefused, match="is not a folder"):
        backup.write(tmp_path / "missing" / "b.tar.gz", **here)


def test_a_restore_replaces_nothing(tmp_path):
    here = installation(tmp_path / "old")
    backup.write(tmp_path / "b.tar.gz", **here)
    with pytest.raises(backup.BackupRefused, match="not empty"):
        backup.restore(tmp_path / "b.tar.gz", **here)
    (tmp_path / "old" / "files" / "map.pdf").unlink()
    with pytest.raises(backup.BackupRefused, match="series is not empty"):
        backup.restore(tmp_path / "b.tar.gz", **here)
    shutil.rmtree(tmp_path / "old" / "series" / "meters")
    with pytest.raises(backup.BackupRefused, match="stands already"):
        backup.restore(tmp_path / "b.tar.gz", **here)


def test_another_file_is_refused(tmp_path):
    (tmp_path / "b.tar.gz").write_text("not a backup")
    with pytest.raises(backup.BackupRefused, match="not a backup"):
        backup.restore(tmp_path / "b.tar.gz", **where(tmp_path / "new"))
    with pytest.raises(backup.BackupRefused, match="not a file"):
        backup.restore(tmp_path / "missing.tar.gz", **where(tmp_path / "new"))


def test_the_other_kind_of_database_is_refused(tmp_path):
    backup.write(tmp_path / "b.tar.gz", **installation(tmp_path / "old"))
    other = {"ENGINE": "django.db.backends.postgresql", "NAME": "vuoksi"}
    with pytest.raises(backup.BackupRefused, match=r"holds no database\.dump"):
        backup.restore(
            tmp_path / "b.tar.gz",
            database=other,
            files=tmp_path / "files",
            series=tmp_path / "series",
        )


def test_a_backup_waits_for_the_tick_that_moves_rows(tmp_path, monkeypatch):
    here = installation(tmp_path / "old")
    monkeypatch.setattr(backup, "WAIT_FOR_TICK_S", 0)
    with held(here["series"]), pytest.raises(backup.BackupRefused, match="tick is moving"):
        backup.write(tmp_path / "b.tar.gz", **here)
    assert not (tmp_path / "b.tar.gz").exists()
    backup.write(tmp_path / "b.tar.gz", **here)
