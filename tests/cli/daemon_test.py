#!/usr/bin/env python3
"""The daemon as it is run, on the lab: killed twice and restarted, each planned fire is one observation or one gap; told to
reload, to stop, and by a second one.

    daemon_test.py PROGRAM [MINUTES]
"""

import collections
import datetime
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCHEDULE = """
schedules:
  - {id: minutely, cron: "* * * * *", zone: Asia/Shanghai, catch_up: all, select: {contexts: [wechat/group, wechat/moments, qq/group]}}
"""


class Daemon:
    """A daemon with a service manager's socket."""

    def __init__(self, program, directory):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.address = str(directory / f"notify-{time.monotonic_ns()}")
        self.socket.bind(self.address)
        self.socket.settimeout(60)
        environment = dict(os.environ, NOTIFY_SOCKET=self.address, WATCHDOG_USEC="2000000")
        environment.pop("WATCHDOG_PID", None)
        self.log = open(directory / "daemon.log", "a")
        self.process = subprocess.Popen([program, "serve", "--no-http", "--pidfile", "daemon.pid"], cwd=directory,
                                        env=environment, stderr=self.log, stdout=self.log)

    def wait_for(self, message):
        while True:
            got = self.socket.recv(4096).decode()
            if message in got.split("\n"):
                return
            assert self.process.poll() is None, "the daemon has ended"

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.socket.close()

    def stop(self):
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.socket.close()
        return code, time.monotonic() - begun


def run(program, directory, *arguments):
    return subprocess.run([program, *arguments], cwd=directory, capture_output=True, text=True)


def entries(program, directory):
    lines = run(program, directory, "export").stdout.splitlines()
    return [json.loads(json.loads(line)["record"]) for line in lines]


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def dealt_with(records):
    """How often each (schedule, link, context, planned) was an observation or a gap."""
    times = collections.Counter()
    for record in records:
        if record["type"] == "observation" and record.get("fire"):
            times[record["fire"]["schedule"], record["link"], record["context"], instant(record["fire"]["planned"])] += 1
        if record["type"] == "gap" and record.get("schedule"):
            times[record["schedule"], record["link"], record["context"], instant(record["at"])] += 1
    return times


def check_equation(records, cells):
    """Every minute from the first catalog to the last fire dealt with, of every cell, once."""
    times = dealt_with(records)
    assert set(times.values()) == {1}, [key for key, count in times.items() if count != 1]
    begin = min(instant(record["at"]) for record in records if record["type"] == "catalog")
    end = max(planned for _, _, _, planned in times)
    minute = begin.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)
    planned = set()
    while minute <= end:
        planned |= {("minutely", link, context, minute) for link, context in cells}
        minute += datetime.timedelta(minutes=1)
    assert planned == set(times), (sorted(planned - set(times))[:3], sorted(set(times) - planned)[:3])
    return len(planned)


def live(program, directory, minutes):
    end = time.monotonic() + 60 * minutes
    daemon = Daemon(program, directory)
    daemon.wait_for("READY=1")
    assert (directory / "daemon.pid").read_text().strip() == str(daemon.process.pid)

    second = run(program, directory, "serve", "--no-http")
    assert second.returncode == 3 and "another daemon" in second.stderr, second
    beside = run(program, directory, "run", "--due")
    assert beside.returncode in (0, 4), beside
    daemon.wait_for("WATCHDOG=1")

    catalog = directory / "linkaudit.yaml"
    good = catalog.read_text()
    catalog.write_text(good.replace("* * * * *", "61 * * * *"))
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("READY=1")
    assert "61 is out of range" in (directory / "daemon.log").read_text()
    catalog.write_text(good)
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("READY=1")

    for seconds in (0.4, 4):  # killed twice in the midst of what is due: before much and after some of it is recorded
        time.sleep(60 - time.time() % 60 + seconds)
        daemon.kill()
        daemon = Daemon(program, directory)
        daemon.wait_for("READY=1")
    time.sleep(max(0, end - time.monotonic()))
    code, seconds = daemon.stop()
    assert code == 0, code
    assert seconds < 5, seconds  # a second, on a machine that is not busy
    assert not (directory / "daemon.pid").exists()


def main():
    program, minutes = os.path.abspath(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 2
    directory = Path(tempfile.mkdtemp(prefix="linkaudit-daemon-"))
    lab = subprocess.Popen([program, "lab", "--out", "lab"], cwd=directory, stdout=subprocess.PIPE, text=True)
    try:
        assert "linkaudit.yaml" in lab.stdout.readline()
        overlay = (directory / "lab" / "linkaudit.yaml").read_text()
        # The lab is played on a date of its own; its clock is not needed here.
        (directory / "linkaudit.yaml").write_text(overlay.rstrip("\n") + "\n" + SCHEDULE)
        live(program, directory, minutes)
        run(program, directory, "run", "--due")  # what came due since
        records = entries(program, directory)
        cells = {(record["link"], record["context"]) for record in records if record["type"] in ("observation", "gap")}
        planned = check_equation(records, cells)
        verified = run(program, directory, "ledger", "verify")
        assert verified.returncode == 0, verified
        print(f"{planned} planned fires of {len(cells)} cells, each once; the lines of the daemon:")
        print((directory / "daemon.log").read_text())
    finally:
        lab.send_signal(signal.SIGTERM)
        lab.wait(timeout=20)
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
