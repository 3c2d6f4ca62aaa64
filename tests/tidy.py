#!/usr/bin/env python3
"""Runs clang-tidy (.clang-tidy) over our own sources; exits with 1 when it finds anything.

The sources of a library are read as one (CMake's unity build), since nearly all the time goes into the headers of
others. A library that was clean is not read again until a source of it, a header of ours that it includes, its compile
command, the list of checks or clang-tidy itself changes: what was clean is remembered in build/tidy/clean. Arguments:
only libraries whose path holds one of them.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "tidy"
CLEAN = BUILD / "clean"
TIDY = "clang-tidy-19"
OURS = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def configure():
    """Compile commands of clang's own: without precompiled headers, which clang-tidy cannot read from GCC."""
    subprocess.run(["cmake", "-S", ROOT, "-B", BUILD, "-G", "Ninja", "-DCMAKE_CXX_COMPILER=clang++-19",
                    "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON", "-DLINKAUDIT_TESTS=OFF",
                    "-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_UNITY_BUILD_BATCH_SIZE=0"],
                   check=True, stdout=subprocess.DEVNULL)


def commands():
    """What is compiled -> its command."""
    entries = json.loads((BUILD / "compile_commands.json").read_text())
    return {pathlib.Path(entry["file"]).resolve(): entry["command"] for entry in entries}


def inputs(source, contents):
    """The source and all headers of ours that it includes, however deep. They are included from the root."""
    seen, open_paths = set(), [source]
    while open_paths:
        path = open_paths.pop()
        if path in seen:
            continue
        seen.add(path)
        if path not in contents:
            contents[path] = path.read_bytes()
        for name in OURS.findall(contents[path]):
            header = ROOT / os.fsdecode(name)
            if header.is_file():
                open_paths.append(header)
    return sorted(seen)


def digest(source, command, setting, contents):
    whole = hashlib.sha256(setting + command.encode())
    for path in inputs(source, contents):
        whole.update(str(path).encode() + b"\0" + hashlib.sha256(contents[path]).digest())
    return whole.hexdigest()


def check(source):
    """Whether it is clean, and what was said; the tally of warnings in the headers of others is nobody's concern."""
    result = subprocess.run([TIDY, "-p", BUILD, "--quiet", source], capture_output=True, text=True)
    complaints = [line for line in result.stderr.splitlines() if not re.match(r"\d+ warnings?\b", line)]
    return result.returncode == 0, "\n".join([result.stdout.strip(), *complaints])


def main():
    begin = time.monotonic()
    configure()
    CLEAN.mkdir(parents=True, exist_ok=True)
    setting = (ROOT / ".clang-tidy").read_bytes() + subprocess.run([TIDY, "--version"], capture_output=True).stdout
    contents, to_check = {}, {}
    all_commands = commands()
    for source, command in sorted(all_commands.items()):
        if sys.argv[1:] and not any(word in str(source) for word in sys.argv[1:]):
            continue
        key = digest(source, command, setting, contents)
        if not (CLEAN / key).exists():
            to_check[source] = key
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (source, key), (clean, said) in zip(to_check.items(), pool.map(check, to_check)):
            if clean:
                (CLEAN / key).touch()
            else:
                bad += 1
                print(f"{source.relative_to(ROOT)}:\n{said}", flush=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"clang-tidy: {len(all_commands)} sources, {len(to_check)} read, {bad} with findings, "
          f"{time.monotonic() - begin:.0f} s ({used.ru_utime + used.ru_stime:.0f} s of CPU)")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
