"""Runs a command as a whole process and says what it cost: wall and processor seconds, largest resident memory."""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Cost:
    wall: float  # seconds
    cpu: float   # seconds, user and system
    memory: float  # MiB, the largest resident set


def run(command, folder, ok=(0,)):
    began = time.monotonic()
    with open(folder / "output.txt", "wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ok:
        tail = (folder / "output.txt").read_bytes()[-2000:].decode(errors="replace")
        raise SystemExit(f"{command[0]} ended with {process.returncode}:\n{tail}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def middle(values):
    return statistics.median(values)
