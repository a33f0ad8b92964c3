#!/bin/sh
# Walks the pages in a browser (tests/browser) with the program that cargo has built. Where node, a browser or the
# packages cannot be had, it says so and does nothing; with ZHUCHAO_TEST_REQUIRE_BROWSER=1 that is an error.
set -eu
cd "$(dirname "$0")/../.."

lacking() {
    echo "the journeys in a browser are not run: $1" >&2
    [ -z "${ZHUCHAO_TEST_REQUIRE_BROWSER:-}" ] || exit 1
    exit 0
}

node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' 2>/dev/null || lacking "no node (18 or newer)"
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$CHROMIUM" ] || lacking "no chromium"
export CHROMIUM

# The versions are exact in package.json; no browser is downloaded.
(cd tests/browser && { npm ls >/dev/null 2>&1 || npm install --no-package-lock --no-audit --no-fund --loglevel=error; }) ||
    lacking "npm could not install playwright-core and axe-core"

export ZHUCHAO="${ZHUCHAO:-${CARGO_TARGET_DIR:-target}/debug/zhuchao}"
exec node tests/browser/journeys.mjs
