#!/usr/bin/env python3
"""Seconds and bytes of the public pages and map views on a synthetic city of 50,000 units.

    python3 tests/tools/pages.py --binary target/debug/zhuchao [--units 50000] [--times 60]

Makes the city with `zhuchao generate`, serves it with `zhuchao demo --city` and asks for lists and for views of the map,
one after the other over a kept connection, with the answer compressed as a browser takes it. Every answer must be 200.
Standard library only.
"""

from __future__ import annotations

import argparse
import http.client
import random
import tempfile
import time
from pathlib import Path

from load import city, free_port, serve

ZOOMS = (9, 10, 11, 12, 13, 14)


def view(rng: random.Random) -> str:
    """A view of 1,200 x 420 points somewhere in the city."""
    zoom = rng.choice(ZOOMS)
    wide, high = 1200 * 360 / (256 * 2**zoom), 420 * 360 / (256 * 2**zoom) * 0.92
    west, south = rng.uniform(113.8, 114.3) - wide / 2, rng.uniform(22.5, 22.75) - high / 2
    return f"/vacancies/map?zoom={zoom}&bbox={west:.5f},{south:.5f},{west + wide:.5f},{south + high:.5f}"


KINDS = {
    "list": lambda r: f"/vacancies?page={r.randint(1, 1500)}",
    "list, sorted": lambda r: f"/vacancies?sort={r.choice(('area', '-area', 'rent', '-metro', 'unit'))}&page={r.randint(1, 1500)}",
    "list, filtered": lambda r: f"/vacancies?district=4403{r.choice(('03', '04', '05', '06', '07'))}&area_min={r.randint(50, 900)}&metro={r.randint(3, 20)}",
    "map, a view": view,
    "map, a view, filtered": lambda r: view(r) + f"&area_min={r.randint(50, 900)}",
    "map, the ground": lambda r: "/vacancies/ground",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--units", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.applications, options.database = 200, None
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        file, snapshot = city(options, folder)
        inventory = snapshot["inventory"]
        print(f"{len(inventory['units'])} units on {len(inventory['sites'])} sites")
        server = serve(options, folder, file, port)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

            def ask(path: str) -> tuple[float, int]:
                began = time.perf_counter()
                connection.request("GET", path, headers={"accept-encoding": "gzip"})
                answer = connection.getresponse()
                size = len(answer.read())
                if answer.status != 200:
                    raise SystemExit(f"{path}: {answer.status}")
                return (time.perf_counter() - began) * 1000, size

            print(f"the first list, which reads the inventory: {ask('/vacancies')[0]:.0f} ms")
            print("| request | p50 ms | p99 ms | most KB |\n|---|---|---|---|")
            for kind, path in KINDS.items():
                took = [ask(path(rng)) for _ in range(options.times)]
                times = sorted(ms for ms, _ in took)
                late = times[min(len(times) - 1, int(0.99 * len(times)))]
                print(f"| {kind} | {times[len(times) // 2]:.0f} | {late:.0f} | {max(size for _, size in took) / 1024:.0f} |")
        finally:
            server.terminate()
            server.wait(30)


main()
