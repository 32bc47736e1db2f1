import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from tests.factories.people import UserFactory, person_with
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import Role, User
from vuoksi.base.runs import actions, rules
from vuoksi.base.runs.kinds import KINDS, CannotRun, kind_of, run_kind
from vuoksi.base.runs.models import Run, TickLock
from vuoksi.base.runs.tasks import Watch, execute
from vuoksi.base.runs.ticks import TICKS, every_tick
from vuoksi.lib.transitions import NotPossible

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def count_up(run, stop, progress):
    """Count to what was asked, asking at each step whether to stop."""
    if run.problem["to"] < 0:
        raise CannotRun("Counting goes up only.")
    done = 0
    while done < run.problem["to"] and not stop(done):
        done += 1
        progress(done / run.problem["to"], f"at {done}")
    if run.problem.get("break"):
        raise ZeroDivisionError("secret detail")
    return {"counted": done, "bound": run.problem["to"]}


@pytest.fixture(autouse=True)
def _counting():
    run_kind("count", "1.2", label="Count", result_url=lambda run: f"/counted/{run.pk}/")(count_up)
    yield
    KINDS.pop("count")


def started(owner=None, limits=None, **problem):
    return actions.start(
        kind="count", problem=problem, owner=owner or UserFactory(), at=NOW, limits=limits
    )


def test_a_run_is_done_once_its_transaction_stands(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = started(to=3)
        assert run.status == "waiting"

    run.refresh_from_db()
    assert (run.status, run.result, run.bound) == ("done", {"counted": 3, "bound": 3}, 3)
    assert (run.engine_version, run.progress) == ("1.2", 1)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["runs.start", "runs.begin", "runs.finish"]


def test_limits_end_the_work(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = started(to=1000, limits={"work": 7})

    run.refresh_from_db()
    assert (run.status, run.result["counted"]) == ("done", 7)


def test_what_cannot_be_done_says_why(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = started(to=-1)

    run.refresh_from_db()
    assert (run.status, run.error, run.result) == ("failed", "Counting goes up only.", None)


def test_a_mistake_is_told_plainly_and_logged_wholly(django_capture_on_commit_callbacks, caplog):
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        run = started(to=1, **{"break": True})

    run.refresh_from_db()
    assert run.status == "failed"
    assert run.error == (
        f"A mistake in the program stopped this. The log tells more, as run {run.pk}."
    )
    assert [type(entry.exc_info[1]) for entry in caplog.records] == [ZeroDivisionError]


def test_a_waiting_run_is_cancelled_at_once():
    run = started(to=3)
    actions.request_cancel(run=run, by=run.owner, at=NOW)
    execute.func(run.pk)

    run.refresh_from_db()
    assert (run.status, run.result, run.started_at) == ("cancelled", None, None)


def test_a_running_run_keeps_the_best_found_so_far():
    run = actions.begin(run=started(to=1000).pk, at=NOW)
    actions.request_cancel(run=run, by=run.owner, at=NOW)
    watch = Watch(run)
    result = count_up(run, watch.stop, watch.progress)
    actions.finish(run=run, result=result, was_cancelled=watch.is_cancelled, at=NOW)

    run.refresh_from_db()
    assert (run.status, run.result["counted"]) == ("cancelled", 0)


def test_cancelling_twice_is_once():
    run = started(to=3)
    for _click in range(2):
        actions.request_cancel(run=run, by=run.owner, at=NOW)

    assert AuditEntry.objects.filter(verb="runs.request_cancel").count() == 1


def test_a_run_is_taken_by_one_worker():
    run = started(to=3)

    assert actions.begin(run=run.pk, at=NOW) == run
    assert actions.begin(run=run.pk, at=NOW) is None
    assert actions.begin(run=999_999, at=NOW) is None


def test_what_has_ended_does_not_end_again():
    run = actions.begin(run=started(to=3).pk, at=NOW)
    actions.fail(run=run, error="broke", at=NOW)
    actions.fail(run=run, error="broke again", at=NOW)

    run.refresh_from_db()
    assert run.error == "broke"
    with pytest.raises(NotPossible):
        actions.finish(run=run, result={}, was_cancelled=False, at=NOW)


def test_engines_that_talk_much_write_little(django_assert_num_queries):
    watch = Watch(started(to=3))
    watch.progress(0.1)
    watch.stop()

    with django_assert_num_queries(0):
        watch.progress(0.2)
        watch.stop()


def test_a_lost_run_is_ended():
    run = actions.begin(run=started(to=3).pk, at=NOW)

    assert actions.fail_lost_runs(error="gone", at=NOW + timedelta(minutes=60)) == 0
    assert actions.fail_lost_runs(error="gone", at=NOW + timedelta(minutes=61)) == 1
    run.refresh_from_db()
    assert (run.status, run.error) == ("failed", "gone")


def test_kinds_are_known_and_stand_once():
    with pytest.raises(ValueError, match="stands twice"):
        run_kind("count", "1")(count_up)
    with pytest.raises(LookupError, match="no kind of run"):
        kind_of("juggle")
    with pytest.raises(LookupError):
        actions.start(kind="juggle", problem={}, owner=None, at=NOW)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("owns", [True, False])
def test_who_sees_and_stops_a_run(role, owns):
    user = AnonymousUser() if role is None else person_with(role)
    run = Run(owner=user if owns and role else UserFactory())

    allowed = role == Role.ADMINISTRATOR or (owns and role is not None)
    assert rules.may_read_run(user, run) == allowed
    assert rules.may_cancel_run(user, run) == allowed


def test_the_page_asks_again_while_the_run_lasts(client):
    run = started(to=3)
    client.force_login(run.owner)
    address = reverse("run", args=[run.pk])

    waiting = client.get(address).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    assert reverse("cancel_run", args=[run.pk]) in waiting
    execute.func(run.pk)
    part = client.get(address, headers={"hx-request": "true"})
    assert part.templates[0].name == "runs/state.html"
    assert "hx-trigger" not in part.content.decode()
    assert f"/counted/{run.pk}/" in part.content.decode()


def test_a_result_is_downloaded_with_its_question(client):
    run = started(to=3)
    client.force_login(run.owner)
    address = reverse("run_result", args=[run.pk])

    assert client.get(address).status_code == 404
    execute.func(run.pk)
    assert client.get(address).json() == {
        "kind": "count",
        "engine_version": "1.2",
        "seed": 0,
        "limits": {},
        "problem": {"to": 3},
        "result": {"counted": 3, "bound": 3},
    }


def test_the_button_stops_a_run(client):
    run = started(to=3)
    client.force_login(run.owner)

    client.post(reverse("cancel_run", args=[run.pk]))

    run.refresh_from_db()
    assert run.status == "cancelled"


def test_a_stranger_sees_nothing(client):
    run = started(to=3)
    client.force_login(UserFactory())

    assert client.get(reverse("run", args=[run.pk])).status_code == 403
    assert client.get(reverse("run_result", args=[run.pk])).status_code == 403
    assert client.post(reverse("cancel_run", args=[run.pk])).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_runs_asks_little(client, rows, django_assert_num_queries):
    owner = UserFactory()
    for _row in range(rows):
        started(owner, to=3)
    client.force_login(owner)
    with django_assert_num_queries(5):  # session, person, count, rows, bell
        page = client.get(reverse("runs"))
    assert len(page.context["table"].rows) == rows


class TestTick:
    @pytest.fixture(autouse=True)
    def _only_these(self, monkeypatch):
        kept = dict(TICKS)
        TICKS.clear()
        yield
        TICKS.clear()
        TICKS.update(kept)

    def test_one_failure_is_told_and_the_others_are_done(self, caplog):
        done = []

        def breaks(at):
            raise ZeroDivisionError

        every_tick(breaks)
        every_tick(done.append)
        with pytest.raises(SystemExit) as end:
            call_command("tick")

        assert (end.value.code, len(done)) == (1, 1)
        assert [type(e.exc_info[1]) for e in caplog.records if e.exc_info] == [ZeroDivisionError]
        assert TickLock.objects.get().holder == ""

    def test_only_one_ticks_at_a_time(self):
        done = []
        every_tick(done.append)
        from django.utils import timezone

        assert actions.take_tick(holder="another", at=timezone.now())
        call_command("tick")
        assert done == []
        actions.release_tick(holder="another")
        call_command("tick")
        assert len(done) == 1

    def test_a_dead_tick_does_not_hold_the_door(self):
        assert actions.take_tick(holder="first", at=NOW)
        assert not actions.take_tick(holder="second", at=NOW + timedelta(minutes=15))
        assert actions.take_tick(holder="second", at=NOW + timedelta(minutes=15, seconds=1))
        assert not actions.take_tick(holder="first", at=NOW + timedelta(minutes=16))

    def test_every_needs_a_number_above_zero(self):
        with pytest.raises(CommandError):
            call_command("tick", "--every", "0")


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_waits_on_the_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    run = started(to=3)
    assert Run.objects.get(pk=run.pk).status == "waiting"

    call_command("worker", "--once")

    assert Run.objects.get(pk=run.pk).status == "done"


def test_an_administrator_is_made_once(capsys):
    for _time in range(2):
        call_command("administrator", "ada@example.org", "--name", "Ada", "--generate")

    ada = User.objects.get()
    said = capsys.readouterr().out
    password = said.split("shown this once: ")[1].split("\n")[0]
    assert ada.check_password(password)
    assert [grant.role for grant in ada.role_grants.all()] == ["administrator"]
    assert said.count("password") == 1


def test_an_administrator_needs_an_address():
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("administrator", "ada", "--name", "Ada")
