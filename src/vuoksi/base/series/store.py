"""The Delta tables as files: written by one process at a time, and told to the disk before anything rests on them.

`deltalake` writes no `fsync`. So each commit is followed by `settle`, which looks whether every new file is whole and
then asks the disk to keep it. What is not whole, because the power failed before, is taken out of the log again: its
rows still stand in the inbox. docs/explanation/series.md tells the whole argument.

Delta transaction log: https://github.com/delta-io/delta/blob/master/PROTOCOL.md
"""

import fcntl
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import (
    CommitProperties,
    DeltaTable,
    PostCommitHookProperties,
    Transaction,
    WriterProperties,
    write_deltalake,
)
from deltalake.exceptions import TableNotFoundError
from django.conf import settings

from vuoksi.base.series.registry import PART, Kind

# Whose moves the Delta log counts.
MOVER = "vuoksi"
# Checkpoints are made in `clean`, where they are told to the disk too.
NO_HOOKS = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
# Files that a newer version replaced stay for those who are reading, then they go.
REPLACED_STAY_HOURS = 1
CONFIGURATION = {
    "delta.deletedFileRetentionDuration": "interval 1 hours",
    "delta.logRetentionDuration": "interval 1 days",
}
TARGET_BYTES = 128 * 1024 * 1024
# Rows lie in the order of their keys, in groups that each know their lowest and highest: a day is read from few.
IN_GROUPS = WriterProperties(max_row_group_size=16_384)
FEW_FILES = 16
COMMITS_A_CHECKPOINT = 50
POLL_S = 0.05


class Busy(Exception):
    """Another process is writing the tables, or copying them."""


class Astray(Exception):
    """The tables hold moves that the database has never begun: they do not belong together."""


@contextmanager
def held(root: Path, *, wait_s: float = 0) -> Iterator[None]:
    """Have all tables for oneself: nobody else moves, erases, cleans or copies meanwhile. Raises Busy."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        end = time.monotonic() + wait_s
        while True:
            try:
                # The lock ends with the process, however that ends.
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= end:
                    raise Busy from error
                time.sleep(POLL_S)
        yield


def place_of(kind: Kind) -> Path:
    return Path(settings.SERIES_ROOT) / kind.name


def opened(kind: Kind) -> DeltaTable | None:
    """The newest version of the table, None before the first move."""
    try:
        return DeltaTable(place_of(kind))
    except TableNotFoundError:
        return None


def moved_up_to(table: DeltaTable | None) -> int:
    """The number of the last move that the table holds."""
    return (table.transaction_version(MOVER) or 0) if table is not None else 0


def append(kind: Kind, rows: pa.Table, move: int) -> None:
    """Write the rows of a move, in the order of their keys; a move that is there already is not written again."""
    table = opened(kind) or _made(kind)
    if moved_up_to(table) >= move:
        return
    named = rows.append_column(PART, pc.strftime(rows.column(kind.time), kind.part_names))
    ordered = named.sort_by([(name, "ascending") for name in (PART, *kind.key)])
    write_deltalake(
        table,
        ordered.select(kind.stored.names).cast(kind.stored),
        mode="append",
        writer_properties=IN_GROUPS,
        commit_properties=CommitProperties(app_transactions=[Transaction(MOVER, move)]),
        post_commithook_properties=NO_HOOKS,
    )


def settle(kind: Kind, synced: int) -> int:
    """Tell the disk to keep every version after `synced`; take out what is not whole. Gives the newest version."""
    log = place_of(kind) / "_delta_log"
    if not log.exists():
        return synced
    _drop_broken_checkpoint(log)
    newest = synced
    commits = {int(path.stem): path for path in log.glob("*.json") if path.stem.isdigit()}
    later = sorted(version for version in commits if version > synced)
    for version in later:
        files = _files_of(commits[version])
        if files is None:
            for broken in later[later.index(version) :]:
                commits[broken].unlink()
            break
        _keep([*files, commits[version]])
        newest = version
    _keep_folders({log, log.parent, log.parent.parent})
    return newest


def erase(kind: Kind, predicate: str) -> None:
    """Write all files anew that hold a row of `predicate`, without it."""
    table = opened(kind)
    if table is not None:
        table.delete(predicate, post_commithook_properties=NO_HOOKS)


def parts_before(kind: Kind, part: str) -> list[str]:
    """The parts of the table that lie wholly before `part`."""
    table = opened(kind)
    found = {row[PART] for row in table.partitions()} if table is not None else set()
    return sorted(name for name in found if name < part)


def compact(kind: Kind) -> bool:
    """Make few files of many, part by part; say whether there was anything to do."""
    table = opened(kind)
    small: dict[str, int] = {}
    for part, size in _sizes(table) if table is not None else ():
        small[part] = small.get(part, 0) + (size < TARGET_BYTES)
    many = [part for part, count in small.items() if count > FEW_FILES]
    for part in many:
        assert table is not None
        table.optimize.compact(
            partition_filters=[(PART, "=", part)],
            target_size=TARGET_BYTES,
            writer_properties=IN_GROUPS,
            max_concurrent_tasks=1,
            post_commithook_properties=NO_HOOKS,
        )
    return bool(many)


def clean(kind: Kind) -> None:
    """Remove files that a newer version has replaced, and shorten the log. Only after `settle`."""
    table = opened(kind)
    if table is None:
        return
    if _vacuumed(table, only_asked=True):
        _vacuumed(table, only_asked=False)
    log = place_of(kind) / "_delta_log"
    if len(list(log.glob("*.json"))) > COMMITS_A_CHECKPOINT:
        table = DeltaTable(place_of(kind))
        table.create_checkpoint()
        _keep([*log.glob("*.checkpoint.parquet"), log / "_last_checkpoint"])
        _keep_folders({log})
        table.cleanup_metadata()


def literal(value: int | str) -> str:
    """A value as the predicate of `erase` writes it."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _made(kind: Kind) -> DeltaTable:
    return DeltaTable.create(
        place_of(kind), kind.stored, partition_by=[PART], configuration=CONFIGURATION
    )


def _vacuumed(table: DeltaTable, *, only_asked: bool) -> list[str]:
    """Files that were replaced a while ago, and those that a crash left without a commit."""
    return table.vacuum(
        retention_hours=REPLACED_STAY_HOURS,
        dry_run=only_asked,
        enforce_retention_duration=False,
        full=True,
        post_commithook_properties=NO_HOOKS,
    )


def _sizes(table: DeltaTable) -> Iterator[tuple[str, int]]:
    added: Any = pa.table(table.get_add_actions(flatten=True))
    yield from zip(
        added.column(f"partition.{PART}").to_pylist(),
        added.column("size_bytes").to_pylist(),
        strict=True,
    )


def _files_of(commit: Path) -> list[Path] | None:
    """The data files that a commit adds, or None if the commit or one of them is not whole."""
    try:
        lines = [json.loads(line) for line in commit.read_text().splitlines() if line]
    except ValueError:
        return None
    if not lines:
        return None
    adds = [line["add"] for line in lines if "add" in line]
    files = [(commit.parent.parent / add["path"], add["size"]) for add in adds]
    is_whole = all(path.exists() and path.stat().st_size == size for path, size in files)
    return [path for path, _size in files] if is_whole else None


def _drop_broken_checkpoint(log: Path) -> None:
    """A checkpoint that was on its way when the power failed; the commits that it sums up are still there."""
    for path in sorted(log.glob("*.checkpoint.parquet"))[-1:]:
        try:
            pq.read_metadata(path)
        except (pa.ArrowInvalid, OSError):
            path.unlink()
            (log / "_last_checkpoint").unlink(missing_ok=True)


def _keep(files: Iterable[Path]) -> None:
    folders = set()
    for path in files:
        with path.open("rb") as file:
            os.fsync(file.fileno())
        folders.add(path.parent)
    _keep_folders(folders)


def _keep_folders(folders: Iterable[Path]) -> None:
    """A new file is safe when its name is: that stands in the folder."""
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
