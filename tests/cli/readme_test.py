#!/usr/bin/env python3
"""Runs the commands of README.md, in their order, in one directory, against the lab.

Usage: readme_test.py PROGRAM README. Every ```sh block is run; the yaml and crontab blocks are checked as such.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ATTESTATIONS = (
    "at,link,context,outcome,observer\n"
    "2022-01-27T12:00:00+08:00,xianyu/item,wechat/one_to_one,direct,compliance desk\n"
)

WAIVER = (
    "waivers: [{id: W-1, scope: {platforms: [taobao]}, justification: migration, approver: compliance desk, "
    "from: 2022-01-01, expires: 2022-12-31}]\n"
)


def blocks(text, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.M | re.S)


def start_lab(program, directory):
    lab = subprocess.Popen([program, "lab", "--out", "lab"], cwd=directory, stdout=subprocess.PIPE, text=True)
    line = lab.stdout.readline()  # it is ready when it has said where its overlay is
    assert "linkaudit.yaml" in line, line
    return lab


def write_catalog(directory, readme):
    """The lab's overlay with the README's schedules in one file, as a user would have it; and a draft of another."""
    overlay = (directory / "lab" / "linkaudit.yaml").read_text()
    schedules = "\n".join(line for block in blocks(readme, "yaml") for line in block.splitlines() if line != "version: 1")
    catalog = overlay.rstrip("\n") + "\n" + schedules + "\n"
    (directory / "linkaudit.yaml").write_text(catalog)
    (directory / "draft.yaml").write_text(catalog + WAIVER)


def run(command, directory, program):
    environment = dict(os.environ, PATH=str(directory / "bin") + os.pathsep + os.environ["PATH"])
    done = subprocess.run(command, shell=True, cwd=directory, env=environment, capture_output=True, text=True)
    # 4: finished, but some planned observations are gaps (links without a URL)
    if done.returncode not in (0, 4):
        sys.exit(f"{command}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main():
    program, readme = os.path.abspath(sys.argv[1]), Path(sys.argv[2]).read_text()
    directory = Path(tempfile.mkdtemp(prefix="linkaudit-readme-"))
    lab = None
    try:
        (directory / "bin").mkdir()
        (directory / "bin" / "linkaudit").symlink_to(program)
        (directory / "attestations.csv").write_text(ATTESTATIONS)
        lab = start_lab(program, directory)
        write_catalog(directory, readme)
        commands = [line for block in blocks(readme, "sh") for line in block.splitlines() if line.strip()]
        assert len(commands) >= 20, commands
        for command in commands:
            assert command.startswith("linkaudit "), command
            output = run(command, directory, program)
            assert output.strip() or " > " in command, f"{command} printed nothing"
        for name in re.findall(r"(?:-o|>) (\S+)", "\n".join(commands)):
            assert (directory / name).stat().st_size > 0, name
        (cron,) = blocks(readme, "crontab")
        for line in cron.splitlines():
            expression = " ".join(line.split()[:5])
            assert "never" not in run(f"linkaudit schedule next --cron '{expression}' -n 1", directory, program)
        print(f"{len(commands)} commands of the README ran")
    finally:
        if lab:
            lab.send_signal(signal.SIGTERM)
            lab.wait(timeout=20)
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
