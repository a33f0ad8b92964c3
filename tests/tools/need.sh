#!/bin/sh
# Installs what is missing of the named things, when it may; else prints the one line that would.
# Usage: need.sh [--optional] cmake g++ libclang libpq postgresql node npm browser hanzi
set -u

optional=no
if [ "${1:-}" = "--optional" ]; then optional=yes; shift; fi

have() {
    case "$1" in
        # The C interface alone: libclang-cpp.so, which other packages bring, is another library.
        libclang) [ -n "${LIBCLANG_PATH:-}" ] || ls /usr/lib/llvm-*/lib/libclang.so* /usr/lib/llvm-*/lib/libclang-[0-9]*.so* /usr/lib/*/libclang.so* /usr/lib/*/libclang-[0-9]*.so* /usr/lib64/libclang.so* 2>/dev/null | grep -q . ;;
        libpq) command -v pg_config >/dev/null 2>&1 || ls /usr/lib/*/libpq.so /usr/lib64/libpq.so /usr/lib/libpq.so 2>/dev/null | grep -q . ;;
        postgresql) command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | grep -q . ;;
        browser) command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || [ -x "${CHROMIUM:-}" ] ;;
        # A font with Chinese signs.
        hanzi) fc-list :lang=zh 2>/dev/null | grep -q . ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

package() {
    case "$1" in
        libclang) echo libclang-dev ;;
        libpq) echo libpq-dev ;;
        node) echo nodejs ;;
        browser) echo chromium ;;
        hanzi) echo fontconfig fonts-noto-cjk ;;
        *) echo "$1" ;;
    esac
}

missing=""
for thing in "$@"; do have "$thing" || missing="$missing $(package "$thing")"; done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then as_root="sudo"; fi
line="${as_root:+$as_root }apt-get install -y$missing"

may() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ -z "$as_root" ] || sudo -n true 2>/dev/null
}

if may; then
    echo "installing:$missing"
    export DEBIAN_FRONTEND=noninteractive
    { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq$missing; } >/dev/null || echo "the installation failed"
fi

for thing in "$@"; do
    have "$thing" && continue
    echo "missing: $thing. Run: $line"
    [ "$optional" = yes ] || exit 1
done
exit 0
