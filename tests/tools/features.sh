#!/bin/sh
# Prints the cargo flags for the databases that this machine can test: PostgreSQL when libpq is there.
if command -v pg_config >/dev/null 2>&1 || ls /usr/lib/*/libpq.so /usr/lib64/libpq.so /usr/lib/libpq.so 2>/dev/null | grep -q .; then
    echo "--features postgres"
else
    echo "PostgreSQL (libpq) not found: store tests run on SQLite only" >&2
fi
