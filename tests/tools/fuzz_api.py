#!/usr/bin/env python3
"""Schemathesis over the API's own OpenAPI document, as the public and as each role of a demonstration.

    pip install schemathesis
    python3 tests/tools/fuzz_api.py --binary target/debug/zhuchao --seconds 60      # per role

Starts `zhuchao demo` in a folder of its own with limits off, signs in as a demonstration account of each role
and lets schemathesis ask every documented route with generated requests. Checked: no
5xx, no status, media type, header or body that the document does not name. The run fails when a role's does.
Standard library only, besides schemathesis as a command.
"""

from __future__ import annotations

import argparse
import http.client
import json
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance"
)
# What would end the session of the run itself.
LEFT_OUT = ["/api/v1/sign-out", "/api/v1/sessions/end-others", "/api/v1/password"]


def ask(port: int, method: str, path: str, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    data = json.dumps(body).encode() if body is not None else None
    connection.request(method, path, data, {"content-type": "application/json", **(headers or {})})
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def serve(binary: str, folder: Path) -> tuple[subprocess.Popen, int]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    config = folder / "fuzz.toml"
    config.write_text("[limits]\nsign_in = 0\nact = 0\nread = 0\nfile = 0\n")
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [binary, "demo", "--home", str(folder / "home"), "--listen", f"127.0.0.1:{port}", "--config", str(config)],
        stdout=log,
        stderr=log,
    )
    until = time.monotonic() + 600
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server, port
        except OSError:
            time.sleep(0.3)
    raise SystemExit("the server did not come up")


def sessions(port: int, folder: Path) -> dict[str, dict]:
    """The headers of a session for the first account of each role."""
    made: dict[str, dict] = {}
    lines = (folder / "home" / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()[1:]
    for login, role, password in (line.split() for line in lines if len(line.split()) == 3):
        if role not in made:
            made[role] = session(port, login, password)
    return made


def session(port: int, login: str, password: str) -> dict:
    status, headers, text = ask(port, "POST", "/api/v1/sign-in", {"login": login, "password": password})
    if status != 200:
        raise SystemExit(f"sign-in of {login}: {status} {text[:200]!r}")
    own = {"cookie": headers["set-cookie"].split(";")[0]}
    own["x-csrf"] = json.loads(ask(port, "GET", "/api/v1/me", headers=own)[2])["csrf"]
    return own


def without_source(text: str) -> str:
    """An error inside schemathesis quotes whole files in one line; nobody reads that."""
    return "\n".join(line[:400] for line in text.splitlines())


def fuzz(options, port: int, role: str, headers: dict) -> bool:
    args = [options.schemathesis, "run", f"http://127.0.0.1:{port}/api/v1/openapi.json", "--checks", CHECKS]
    # One worker: some versions of Python fail inside ast.parse when hypothesis calls it in two threads.
    args += ["--phases", "examples,coverage,fuzzing", "--workers", "1", "--seed", str(options.seed)]
    args += ["--max-time", str(options.seconds), "--continue-on-failure", "--warnings", "off", "--no-color"]
    for path in LEFT_OUT:
        args += ["--exclude-path", path]
    for name, value in headers.items():
        args += ["-H", f"{name}: {value}"]
    print(f"== {role}", flush=True)
    done = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    shown = without_source(done.stdout) if done.returncode else "\n".join(done.stdout.splitlines()[-12:])
    print(shown, flush=True)
    return done.returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--schemathesis", default="schemathesis", help="the command")
    parser.add_argument("--seconds", type=int, default=60, help="for each role")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--role", help="only this role, or `public`")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhuchao-fuzz-") as name:
        folder = Path(name)
        server, port = serve(options.binary, folder)
        try:
            people = {"public": {}, **sessions(port, folder)}
            chosen = {r: s for r, s in people.items() if options.role in (None, r)}
            failed = [role for role, headers in chosen.items() if not fuzz(options, port, role, headers)]
        finally:
            server.terminate()
            server.wait()
    if failed:
        raise SystemExit("failed as: " + ", ".join(failed))
    print("no answer that the document does not name, as " + ", ".join(chosen))


if __name__ == "__main__":
    main()
