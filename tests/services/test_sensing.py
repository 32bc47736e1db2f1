"""A real server is killed in the middle of ingest: nothing that was acknowledged is lost, and nothing counts twice."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import frost_sta_client as frost
import pytest
from benchmarks import postgresql

from tests.services.conftest import free_port, vuoksi, wait_until_it_answers

pytestmark = pytest.mark.services
START = datetime(2026, 5, 4, tzinfo=UTC)
ROWS_A_REQUEST = 200
# Where the mover dies while one server lives, server by server; the last mover dies wherever it is.
DEATHS = [["begun", "written"], ["synced", "ended"], []]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request, tmp_path_factory):
    """The environment of a migrated site of its own."""
    folder = tmp_path_factory.mktemp("var")
    environment = {
        **os.environ,
        "VUOKSI_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "vuoksi.site.settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    if request.param == "sqlite":
        environment["DATABASE_URL"] = f"sqlite:///{folder}/vuoksi.sqlite3"
        vuoksi(environment, "migrate", "--verbosity", "0")
        yield environment
        return
    programs = postgresql.programs()
    assert programs, "PostgreSQL is needed (Debian: apt install postgresql)"
    with postgresql.server(programs) as address:
        environment["DATABASE_URL"] = address
        vuoksi(environment, "migrate", "--verbosity", "0")
        yield environment


@pytest.fixture(scope="module")
def made(site):
    """An experiment with a datastream, and a token."""
    return ask(site, "make")


def ask(environment, what):
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.sensing", what],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout or "null")


def die_while_moving(environment, step):
    """A mover that is killed at a step of its move. It must have come so far: there is always something to move."""
    command = [sys.executable, "-m", "tests.services.sensing", "die", step]
    died = subprocess.run(command, env=environment, check=False)
    assert died.returncode == -signal.SIGKILL


@contextmanager
def served(environment, port):
    command = [
        sys.executable, "-m", "granian", "vuoksi.site.wsgi:application", "--interface", "wsgi", "--workers", "2",
        "--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        env={**environment, "VUOKSI_URL": f"http://localhost:{port}"},
        start_new_session=True,
    )
    try:
        wait_until_it_answers(port, limit_s=120)
        yield process
    finally:
        kill(process)


def kill(process):
    """No goodbye: the server and its workers are gone between two instructions."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def send(port, made, first):
    """Send some observations, each with its own number as time and result; say what became of them."""
    rows = [
        [(START + timedelta(seconds=number)).isoformat(), number]
        for number in range(first, first + ROWS_A_REQUEST)
    ]
    body = [
        {
            "Datastream": {"@iot.id": made["stream"]},
            "components": ["phenomenonTime", "result"],
            "dataArray": rows,
        }
    ]
    request = urllib.request.Request(
        f"http://localhost:{port}/sta/v1.1/CreateObservations",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {made['secret']}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return "taken" if "error" not in json.load(answer) else "refused"
    except urllib.error.URLError as error:
        return "nobody there" if isinstance(error.reason, ConnectionRefusedError) else "cut off"
    except (OSError, ValueError):
        return "cut off"


def ingest_until(port, made, sent, lock, is_over):
    """A client: a request again and again until it is acknowledged, then the next."""
    while not is_over.is_set():
        with lock:
            first = sent["next"]
            sent["next"] += ROWS_A_REQUEST
        while (fate := send(port, made, first)) != "taken":
            with lock:
                sent["fates"].append(fate)
            if is_over.is_set():
                return
            time.sleep(0.1)
        with lock:
            sent["firsts"].append(first)


def wait_for_more(sent, requests, limit_s=180):
    """Wait until so many requests more were acknowledged: others are on their way then."""
    wanted, end = len(sent["firsts"]) + requests, time.monotonic() + limit_s
    while len(sent["firsts"]) < wanted:
        assert time.monotonic() < end, "nothing is acknowledged"
        time.sleep(0.01)


def check_a_reader(port, made, sent):
    """In the middle of a move nothing is missing, and nothing stands there that was not sent: nothing counts twice."""
    at_least = len(sent["firsts"]) * ROWS_A_REQUEST
    path = f"/sta/v1.1/Datastreams({made['stream']})/Observations?$top=0&$count=true"
    with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=30) as answer:
        found = json.load(answer)["@iot.count"]
    assert at_least <= found <= sent["next"]


def live_and_die(port, site, made, sent, deaths):
    """A server takes in, movers die at each of these steps or wherever they are, then the server dies too."""
    with served(site, port):
        wait_for_more(sent, 3)
        for step in deaths:
            die_while_moving(site, step)
            check_a_reader(port, made, sent)
            wait_for_more(sent, 2)
        if not deaths:
            ticking = subprocess.Popen(
                [sys.executable, "-m", "vuoksi", "tick", "--every", "0.2"],
                env=site, start_new_session=True, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            wait_for_more(sent, 5)
            kill(ticking)


def test_kills_lose_nothing_and_count_nothing_twice(site, made):
    port = free_port()
    sent = {"next": 0, "firsts": [], "fates": []}
    lock, is_over = threading.Lock(), threading.Event()
    clients = [
        threading.Thread(target=ingest_until, args=(port, made, sent, lock, is_over))
        for _client in range(3)
    ]
    for client in clients:
        client.start()
    try:
        for deaths in DEATHS:
            live_and_die(port, site, made, sent, deaths)
    finally:
        is_over.set()
        for client in clients:
            client.join()
    expected = {
        float(number) for first in sent["firsts"] for number in range(first, first + ROWS_A_REQUEST)
    }
    assert (len(expected) >= 15 * ROWS_A_REQUEST, "refused" in sent["fates"]) == (True, False)
    # The servers died with requests in their hands; else nothing was tried here.
    assert sent["fates"].count("cut off") >= len(DEATHS)

    before = ask(site, "count")
    # The tick that was killed still holds its lock in the database; move here as the next one would.
    ask(site, "move")
    after = ask(site, "count")

    for found in (before, after):
        assert len(found["rows"]) == len(set(found["rows"])) == found["added"]
        assert expected <= set(found["rows"])
    assert (sorted(before["rows"]), after["waiting"]) == (sorted(after["rows"]), 0)


# The client asks furl in a way that furl has given up.
@pytest.mark.filterwarnings("ignore:furl.pathstr:DeprecationWarning")
def test_a_client_of_another_house_makes_sends_and_reads(site, made):
    port = free_port()
    service = frost.SensorThingsService(
        f"http://localhost:{port}/sta/v1.1", auth_handler=frost.AuthHandler("token", made["secret"])
    )
    with served(site, port):
        stream = connect(service, made["experiment"])
        times = [(START + timedelta(hours=hour)).isoformat() for hour in range(4)]
        one = frost.Observation(phenomenon_time=times[0], result=20.5, datastream=stream)
        service.create(one)
        assert one.id == f"{stream.id}-{int(START.timestamp() * 1_000_000)}"

        array = frost.DataArrayValue()
        array.components = {array.Property.PHENOMENON_TIME, array.Property.RESULT}
        array.datastream = stream
        for hour, time_ in enumerate(times[1:], 1):
            array.add_observation(
                frost.Observation(phenomenon_time=time_, result=20.5 + hour, datastream=stream)
            )
        document = frost.DataArrayDocument()
        document.add_data_array_value(array)
        assert len(service.observations().create(document)) == 3

        warm = service.datastreams().find(stream.id).get_observations()
        found = warm.query().filter("result gt 21").orderby("phenomenonTime", "asc").top(2).list()
        assert [row.result for row in found] == [21.5, 22.5, 23.5]
        streams = (
            service.datastreams().query().filter("name eq 'Air'").expand("Thing,Sensor").list()
        )
        assert [(row.thing.name, row.sensor.name) for row in streams] == [("Pole", "DHT22")]


def connect(service, experiment):
    """A thing, a sensor, a property and a datastream, made one after the other."""
    thing = frost.Thing(
        name="Pole", description="By the tram", properties={"experiment": experiment}
    )
    sensor = frost.Sensor(
        name="DHT22", description="x", encoding_type="text/html", metadata="https://example.org",
        properties={"experiment": experiment},
    )  # fmt: skip
    observed = frost.ObservedProperty(
        name="Temperature", description="x", definition="https://example.org/t",
        properties={"experiment": experiment},
    )  # fmt: skip
    for entity in (thing, sensor, observed):
        service.create(entity)
    stream = frost.Datastream(
        name="Air",
        description="x",
        observation_type="http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
        unit_of_measurement=frost.UnitOfMeasurement(name="C", symbol="C", definition="ucum:Cel"),
        thing=thing,
        sensor=sensor,
        observed_property=observed,
    )
    service.create(stream)
    return stream
