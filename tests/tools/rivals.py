#!/usr/bin/env python3
"""Our solver beside CP-SAT, HiGHS and SCIP: same instance files, threads and seconds, one after another.

    zhuchao bench solve --sizes S,M --seeds 1 --seconds 1 --keep DIR      # writes the instance files
    python3 tests/tools/rivals.py --binary target/debug/zhuchao --peers PEERS --seconds 60 --threads 2 DIR/S-1.json.gz

PEERS is a folder with solve_with.py (--solver NAME INSTANCE --seconds S --threads T -o OUTCOME) and
check_outcome.py (INSTANCE OUTCOME --json); --python is the interpreter that has the solvers' packages.
Every outcome, ours too, passes the checker of the peers, or its row says NO and its value does not count.
A run that overruns is ended after 3 x seconds + --grace and its row says so. Memory is the peak of the process
as the system accounts it. Ctrl-C ends the run at hand and prints the rows done. Standard library only.

gap % = (bound - value) / |value|; to best = 1 - (best - value) / |best|; our gap / its = our gap as a part
of the rival's: below 1 we know more.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

MOMENTS = (1, 5, 20, 60, 300)
US = "zhuchao"
HEAD = ["instance", "solver", "status", "value", "bound", "gap %", "seconds", "peak MiB", "check", "to best", "our gap / its"]


@dataclass
class Run:
    """One solver on one instance."""

    instance: str
    solver: str
    status: str = "failed"
    value: int | None = None
    bound: float | None = None
    seconds: float = 0.0
    peak: int | None = None
    check: str = "-"
    trace: list = field(default_factory=list)

    def gap(self) -> float | None:
        return gap(self.value, self.bound)


def gap(value: float | None, bound: float | None) -> float | None:
    if value is None or bound is None:
        return None
    return 100.0 * max(bound - value, 0.0) / max(abs(value), 1.0)


def end(process: subprocess.Popen, how: signal.Signals) -> None:
    try:
        os.killpg(process.pid, how)
    except ProcessLookupError:
        pass


def run(command: list[str], limit: float, log: Path) -> tuple[str, float, int | None]:
    """What became of a command, its wall seconds and its peak in MiB."""
    begin = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)
    warned = False
    try:
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            late = time.monotonic() - begin - limit
            if late > 20:
                end(process, signal.SIGKILL)
            elif late > 0 and not warned:
                end(process, signal.SIGTERM)
                warned = True
            time.sleep(0.02)
    except BaseException:
        end(process, signal.SIGKILL)
        os.wait4(process.pid, 0)
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begin
    word = "overrun" if warned else "ended" if process.returncode == 0 else f"crashed ({process.returncode})"
    return word, wall, -(-usage.ru_maxrss // 1024)


def read(path: Path) -> dict:
    raw = path.read_bytes()
    return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)


def check(args: argparse.Namespace, instance: Path, outcome: Path, log: Path) -> str:
    """`yes`, `NO` with the number of violations, or why the checker gave no answer."""
    script = str(Path(args.peers) / "check_outcome.py")
    word, _, _ = run([args.python, script, str(instance), str(outcome), "--json"], args.check_seconds, log)
    try:
        report = json.loads(log.read_text())
    except (OSError, ValueError):
        return f"no answer, {word}"
    if report.get("ok") is True:
        return "yes"
    return f"NO ({len(report.get('violations') or []) or 'see log'})"


def command(args: argparse.Namespace, solver: str, instance: Path, outcome: Path) -> list[str]:
    limits = ["--seconds", str(args.seconds), "--threads", str(args.threads), "-o", str(outcome)]
    if solver == US:
        return [args.binary, "solve", str(instance), "--progress", "none", *limits]
    return [args.python, str(Path(args.peers) / "solve_with.py"), "--solver", solver, str(instance), *limits]


def one(args: argparse.Namespace, solver: str, instance: Path, work: Path) -> Run:
    name = instance.name.removesuffix(".gz").removesuffix(".json")
    found = Run(name, solver)
    outcome = work / f"{name}.{solver}.outcome.json"
    outcome.unlink(missing_ok=True)
    log = work / f"{name}.{solver}.log"
    word, wall, found.peak = run(command(args, solver, instance, outcome), 3 * args.seconds + args.grace, log)
    found.status, found.seconds = "no outcome" if word == "ended" else word, wall
    try:
        told = read(outcome)
    except (OSError, ValueError, EOFError):
        return found
    late = "" if word == "ended" else f", {word}"
    found.status = f"{told.get('status')}{late}"
    found.value, found.bound = told.get("value"), told.get("upper_bound")
    # What the outcome states is the solver's own time; reading and writing are in neither.
    found.seconds = told.get("seconds") or wall
    found.trace = told.get("trace") or []
    found.check = check(args, instance, outcome, work / f"{name}.{solver}.check.log")
    return found


def text(x: float | None, form: str) -> str:
    return "-" if x is None else format(x, form)


def ratio(ours: Run | None, rival: Run) -> str:
    if ours is None or rival.solver == US or ours.gap() is None:
        return "-"
    theirs = rival.gap()
    if theirs is None:
        return "0 (it has none)"
    if theirs == 0:
        return "1" if ours.gap() == 0 else "inf"
    return f"{ours.gap() / theirs:.3f}"


def cells(found: Run, runs: list[Run]) -> list[str]:
    same = [r for r in runs if r.instance == found.instance]
    best = max((r.value for r in same if r.value is not None and r.check == "yes"), default=None)
    ours = next((r for r in same if r.solver == US), None)
    to_best = None
    if best is not None and found.value is not None:
        to_best = 1.0 - (best - found.value) / max(abs(best), 1)
    return [
        found.instance, found.solver, found.status, text(found.value, "d"), text(found.bound, ".0f"),
        text(found.gap(), ".3f"), text(found.seconds, ".1f"), text(found.peak, "d"), found.check,
        text(to_best, ".5f"), ratio(ours, found),
    ]  # fmt: skip


def over_time(found: Run, seconds: float) -> list[str]:
    row = [found.instance, found.solver]
    for at in (m for m in MOMENTS if m <= seconds):
        known = [r for r in found.trace if r[0] <= at]
        value, bound = (known[-1][1], known[-1][2]) if known else (None, None)
        row += [text(value, ".0f"), text(bound, ".0f"), text(gap(value, bound), ".3f")]
    return row


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def report(args: argparse.Namespace, runs: list[Run]) -> str:
    later = ["instance", "solver"]
    for at in (m for m in MOMENTS if m <= args.seconds):
        later += [f"value {at} s", f"bound {at} s", f"gap % {at} s"]
    first = table(HEAD, [cells(r, runs) for r in runs])
    second = table(later, [over_time(r, args.seconds) for r in runs])
    return f"{args.seconds:g} s, {args.threads} threads, one run after another\n\n{first}\n{second}"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instances", nargs="+", type=Path, help="instance.json, .gz allowed")
    parser.add_argument("--binary", required=True, help="our program")
    parser.add_argument("--peers", required=True, help="folder with solve_with.py and check_outcome.py")
    parser.add_argument("--python", default=sys.executable, help="interpreter for the peers")
    parser.add_argument("--solvers", default=f"{US},cpsat,highs,scip", help="which, in this order")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--grace", type=float, default=120.0, help="seconds before a run that overruns is ended")
    parser.add_argument("--check-seconds", type=float, default=3600.0, help="limit of one check")
    parser.add_argument("--work", type=Path, help="keep outcomes and logs here; default: removed")
    parser.add_argument("-o", "--output", type=Path, help="write the tables here too, after every run")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="rivals-") as temporary:
        work = args.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        try:
            for instance in args.instances:
                for solver in args.solvers.split(","):
                    runs.append(one(args, solver, instance, work))
                    print("  ".join(cells(runs[-1], runs)), file=sys.stderr, flush=True)
                    if args.output:
                        args.output.write_text(report(args, runs), encoding="utf-8")
        except KeyboardInterrupt:
            print("stopped; these rows are done", file=sys.stderr)
    print(report(args, runs))
    return 0 if all(r.check == "yes" or r.value is None for r in runs) else 1


if __name__ == "__main__":
    sys.exit(main())
