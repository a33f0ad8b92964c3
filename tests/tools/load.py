#!/usr/bin/env python3
"""Latencies (p50, p99) of lists, searches, map data and acts on a synthetic city, while a solver runs.

    python3 tests/tools/load.py --binary target/debug/zhuchao                                # SQLite
    python3 tests/tools/load.py --binary target/debug/zhuchao --database postgres://.../load # an empty database

Makes a city (50,000 units) with `zhuchao generate`, shows it with `zhuchao demo --city` (demonstration
accounts), enters 20,000 applications as the districts' files of paper forms over the API, then lets --clients
callers ask for --seconds while `zhuchao solve` works on another city with one thread. Every answer must have
the status that is expected, or the run fails. Latency is measured at the caller: connection kept, whole body
read. Everything is synthetic. Standard library only.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import http.client
import io
import json
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

UNITS_PER_FIRM = 0.85
ROWS_PER_FILE = 2500
AUDITOR = "demo-audit"
IDLE_MAX = 3  # seconds that a connection is kept unused; the server closes it after five
COLUMNS = (
    "application_id,firm_id,round_id,use,area_min_m2,area_max_m2,start_from,start_until,rent_cap_yuan_m2_month,"
    "floor_load_min_kg_m2,clear_height_min_m,power_min_a,needs_gas,needs_clean_water,hazard_class,site_wishes,"
    "districts,anchors,max_minutes,households,wants_subsidy,evidence,source,note"
).split(",")


class Api:
    """One caller: a kept connection and, after a sign-in, a session."""

    def __init__(self, port: int):
        self.port, self.headers, self.last = port, {}, time.monotonic()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, method: str, path: str, body=None, kind="application/json") -> tuple[int, dict, bytes]:
        data = json.dumps(body).encode() if kind == "application/json" and body is not None else body
        headers = dict(self.headers)
        if data is not None:
            headers["content-type"] = kind
        if time.monotonic() - self.last > IDLE_MAX:
            self.connection.close()  # The server did so already, or is about to; the next request opens it again.
        self.connection.request(method, path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        self.last = time.monotonic()
        return answer.status, dict(answer.getheaders()), text

    def must(self, method: str, path: str, body=None, kind="application/json"):
        status, _, text = self.ask(method, path, body, kind)
        if status >= 300:
            raise SystemExit(f"{method} {path}: {status} {text[:500].decode(errors='replace')}")
        return json.loads(text) if text else None

    def sign_in(self, login: str, password: str) -> "Api":
        status, headers, text = self.ask("POST", "/api/v1/sign-in", {"login": login, "password": password})
        if status != 200:
            raise SystemExit(f"sign-in of {login}: {status} {text[:300].decode(errors='replace')}")
        self.headers["cookie"] = headers["set-cookie"].split(";")[0]
        self.headers["x-csrf"] = self.must("GET", "/api/v1/me")["csrf"]
        return self


@dataclass
class Figures:
    """Latencies of one kind of request, in milliseconds."""

    took: list = field(default_factory=list)
    bytes: int = 0

    def row(self, name: str) -> list[str]:
        all = sorted(self.took)
        middle, late = f"{self.at(0.5):.1f}", f"{self.at(0.99):.1f}"
        return [name, str(len(all)), middle, late, f"{all[-1]:.1f}", f"{self.bytes / len(all) / 1024:.1f}"]

    def at(self, share: float) -> float:
        all = sorted(self.took)
        return all[min(len(all) - 1, int(share * len(all)))]


def run(binary: str, *args: str) -> None:
    subprocess.run([binary, *args], check=True, stdout=subprocess.DEVNULL)


def city(options, folder: Path) -> tuple[Path, dict]:
    """The city: all units, the first so many firms, no application yet."""
    whole = folder / "whole.json.gz"
    firms = int(options.units / UNITS_PER_FIRM) + 1
    run(options.binary, "generate", "--firms", str(firms), "--seed", str(options.seed), "-o", str(whole))
    snapshot = json.loads(gzip.decompress(whole.read_bytes()))
    kept = {k: snapshot[k][: options.applications] for k in ("firms", "applications")}
    snapshot["firms"], snapshot["applications"] = kept["firms"], []
    file = folder / "city.json"
    file.write_text(json.dumps(snapshot, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return file, {**snapshot, "applications": kept["applications"]}


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def serve(options, folder: Path, file: Path, port: int) -> subprocess.Popen:
    config = folder / "load.toml"
    config.write_text("workers_inside = 0\n[limits]\nsign_in = 0\nact = 0\nread = 0\nfile = 0\n")
    args = [options.binary, "demo", "--city", str(file), "--home", str(folder / "home")]
    args += ["--listen", f"127.0.0.1:{port}", "--config", str(config)]
    args += ["--database", options.database] if options.database else []
    server = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 300
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not come up")


def accounts(folder: Path) -> dict[str, str]:
    lines = (folder / "home" / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()[1:]
    return {words[0]: words[2] for words in (line.split() for line in lines) if len(words) == 3}


def row(application: dict) -> list[str]:
    households = ";".join(f"{h['kind']}:{h['count']}" for h in application["households"])
    metres = lambda area: f"{area // 100}.{area % 100:02d}"
    return [
        application["id"], application["firm"], application["round"], application["use"],
        metres(application["area_min"]), metres(application["area_max"]),
        application["start_from"], application["start_until"], "", "", "", "", "false", "false", "",
        ";".join(application["site_wishes"]), ";".join(application["districts"]), "", "", households,
        "true" if application["wants_subsidy"] else "false", "synthetic", "load", "",
    ]  # fmt: skip


def enter(people, snapshot: dict) -> dict[str, list[str]]:
    """Enters all applications; the keys of the cases by district."""
    now = datetime.now(timezone.utc)
    guide = {
        "number": "LOAD-1", "text": "synthetic", "policy": version(snapshot["policy"]),
        "opens_at": (now - timedelta(days=1)).isoformat(), "closes_at": (now + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    people["planner"].must("POST", f"/api/v1/rounds/{snapshot['round']['id']}/guide", guide)
    of = {f["id"]: f["district"] for f in snapshot["firms"]}
    by: dict[str, list] = {}
    for application in snapshot["applications"]:
        by.setdefault(of[application["firm"]], []).append(application)
    cases: dict[str, list[str]] = {}
    today = (now + timedelta(hours=8)).date().isoformat()
    for district, all in by.items():
        for at in range(0, len(all), ROWS_PER_FILE):
            text = io.StringIO()
            writer = csv.writer(text)
            writer.writerow(COLUMNS)
            writer.writerows(row(a) for a in all[at : at + ROWS_PER_FILE])
            path = f"/api/v1/cases/bulk?received_on={today}"
            done = people[district].must("POST", path, text.getvalue().encode(), "text/csv")
            cases.setdefault(district, []).extend(done["cases"])
    return cases


def version(policy: str) -> str:
    line = next(l for l in policy.splitlines() if l.startswith("version"))
    return line.split('"')[1]


READS = [
    ("list: units", "public", lambda r, s: f"/api/v1/units?limit=50&after={s['some_unit'](r)}"),
    ("search: units", "public", lambda r, s: f"/api/v1/units?limit=50&{s['filter'](r)}"),
    ("search: units, vacant, by rent", "public", lambda r, s: f"/api/v1/units?limit=50&{s['vacant'](r)}&sort=rent"),
    ("one unit", "public", lambda r, s: f"/api/v1/units/{s['some_unit'](r)}"),
    ("map: whole city", "public", lambda r, s: f"/api/v1/map/units?{s['city']}&zoom=10"),
    ("map: a quarter", "public", lambda r, s: f"/api/v1/map/units?{s['quarter'](r)}&zoom=15"),
    ("list: firms", "planner", lambda r, s: f"/api/v1/firms?limit=50&district={r.choice(s['districts'])}"),
    ("list: cases", "planner", lambda r, s: f"/api/v1/cases?limit=50&after={s['some_case'](r)}"),
    ("search: cases", "planner", lambda r, s: "/api/v1/cases?limit=50&stage=submitted"),
    ("one case", "planner", lambda r, s: f"/api/v1/cases/{s['some_case'](r)}"),
    ("page of the journal", "auditor", lambda r, s: f"/api/v1/journal?limit=50&after={r.randrange(100)}"),
]
# A view of the map must not be larger, in KiB; the p99 of a read ought not to be slower, in ms.
VIEW_MAX, READ_MAX = 300, 100


def caller(n: int, options, port: int, people, world: dict, figures, failures: list, until: float):
    dice = random.Random(n)
    # One connection, so that it is never idle for long; who asks is in the headers.
    api = Api(port)
    district = world["districts"][n % len(world["districts"])]
    cases = world["cases"][district][n // len(world["districts"]) :: max(1, options.clients)]
    while time.monotonic() < until and not failures:
        if dice.random() < options.acts and cases:
            name, who, method = "act: accept case", district, "POST"
            path, body = f"/api/v1/cases/{cases.pop()}/accept", {"note": "received"}
        else:
            name, who, path = dice.choice(READS)
            method, path, body = "GET", path(dice, world), None
        api.headers = {} if who == "public" else people[who].headers
        begin = time.perf_counter()
        status, _, text = api.ask(method, path, body)
        took = 1000 * (time.perf_counter() - begin)
        if status != 200:
            failures.append(f"{method} {path}: {status} {text[:300].decode(errors='replace')}")
            return
        if name.startswith("map") and len(text) > VIEW_MAX * 1024:
            failures.append(f"{path}: a view of {len(text)} bytes")
            return
        with world["lock"]:
            figures.setdefault(name, Figures()).took.append(took)
            figures[name].bytes += len(text)
        time.sleep(dice.expovariate(1 / options.pause))


def solver(options, folder: Path) -> subprocess.Popen:
    """A solver on a city of 2,000 firms with one thread, for as long as the callers ask."""
    snapshot, instance = folder / "busy.json.gz", folder / "busy-instance.json.gz"
    run(options.binary, "generate", "--firms", "2000", "--seed", "9", "-o", str(snapshot))
    run(options.binary, "instance", str(snapshot), "-o", str(instance))
    args = [options.binary, "solve", str(instance), "--seconds", str(options.seconds + 60), "--threads", "1"]
    args += ["-o", str(folder / "busy-outcome.json.gz")]
    return subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--database", help="an empty database; default: embedded")
    parser.add_argument("--units", type=int, default=50_000)
    parser.add_argument("--applications", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--pause", type=float, default=0.2, help="mean pause of a caller between requests, seconds")
    parser.add_argument("--acts", type=float, default=0.2, help="share of acts among the requests")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-solver", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhuchao-load-") as name:
        measure(options, Path(name))


def measure(options, folder: Path) -> None:
    say = lambda text: print(text, file=sys.stderr)
    say("making the city")
    file, snapshot = city(options, folder)
    port = free_port()
    say("loading the city")
    server = serve(options, folder, file, port)
    busy = None
    try:
        people = sign_in(port, accounts(folder))
        say("entering applications")
        snapshot["applications"] = [a for a in snapshot["applications"] if of_known(snapshot, a, people)]
        cases = enter(people, snapshot)
        busy = None if options.no_solver else solver(options, folder)
        say(f"asking for {options.seconds} s")
        figures, failures = ask(options, port, people, world(snapshot, cases), busy)
    finally:
        for process in (busy, server):
            if process:
                process.terminate()
                process.wait()
    report(options, snapshot, figures)
    if failures:
        raise SystemExit(failures[0])


def sign_in(port: int, passwords: dict[str, str]) -> dict[str, Api]:
    people = {
        "planner": Api(port).sign_in("demo-planner", passwords["demo-planner"]),
        "auditor": Api(port).sign_in(AUDITOR, passwords[AUDITOR]),
    }
    for login, password in passwords.items():
        if login.startswith("demo-reviewer-"):
            people[login.rsplit("-", 1)[1]] = Api(port).sign_in(login, password)
    return people


def of_known(snapshot: dict, application: dict, people) -> bool:
    districts = snapshot.setdefault("_of", {f["id"]: f["district"] for f in snapshot["firms"]})
    return districts[application["firm"]] in people


def world(snapshot: dict, cases: dict[str, list[str]]) -> dict:
    every = [c for some in cases.values() for c in some]
    units = [u["id"] for u in snapshot["inventory"]["units"]]
    districts = [d for d in cases if cases[d]]
    uses = ["rd_office", "office", "laboratory", "factory"]
    today = (datetime.now(timezone.utc) + timedelta(hours=8)).date().isoformat()
    placed = [s["located"]["position"] for s in snapshot["inventory"]["sites"] if s["located"]]
    degrees = [(lon / 1e6, lat / 1e6) for lon, lat in placed]
    box = lambda w, s, e, n: f"bbox={w:.6f},{s:.6f},{e:.6f},{n:.6f}"
    longitudes, latitudes = [p[0] for p in degrees], [p[1] for p in degrees]
    around = lambda at: box(at[0] - 0.02, at[1] - 0.015, at[0] + 0.02, at[1] + 0.015)
    return {
        "lock": threading.Lock(), "cases": cases, "districts": districts,
        "some_case": lambda r: r.choice(every), "some_unit": lambda r: r.choice(units),
        "filter": lambda r: f"district={r.choice(districts)}&use={r.choice(uses)}&area_to=50000",
        "vacant": lambda r: f"use={r.choice(uses)}&vacant_on={today}&rent_to=8000",
        "city": box(min(longitudes), min(latitudes), max(longitudes), max(latitudes)),
        "quarter": lambda r: around(r.choice(degrees)),
    }  # fmt: skip


def ask(options, port: int, people, world: dict, busy) -> tuple[dict, list]:
    figures: dict[str, Figures] = {}
    failures: list[str] = []
    until = time.monotonic() + options.seconds
    threads = [
        threading.Thread(target=caller, args=(n, options, port, people, world, figures, failures, until))
        for n in range(options.clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if busy and busy.poll() is not None:
        failures.append("the solver ended before the callers")
    return figures, failures


def report(options, snapshot: dict, figures: dict[str, Figures]) -> None:
    kind = "PostgreSQL" if (options.database or "").startswith("postgres") else "SQLite"
    beside = "no solver" if options.no_solver else "a solver running"
    slow = [name for name in figures if not name.startswith("act") and figures[name].at(0.99) > READ_MAX]
    print(f"{kind}, {len(snapshot['inventory']['units'])} units, {len(snapshot['applications'])} applications, {beside}")
    print("| request | count | p50 ms | p99 ms | max ms | KiB |")
    print("|---|---|---|---|---|---|")
    for name in sorted(figures):
        print("| " + " | ".join(figures[name].row(name)) + " |")
    if slow:
        print(f"p99 above {READ_MAX} ms: {', '.join(sorted(slow))}")


if __name__ == "__main__":
    main()
