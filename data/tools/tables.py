"""Read and write the tables of data/: UTF-8, LF, RFC 4180. Standard library only."""
import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent


def read(name):
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name, columns, rows):
    with open(DATA / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="raise")
        out.writeheader()
        out.writerows(rows)


def header(name):
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def organisation_code(body):
    """Eight characters and their check character (GB 11714)."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(w * digits.index(c) for w, c in zip(weights, body)) % 11
    return body + {10: "X", 11: "0"}.get(rest, str(rest))


def credit_code(first17):
    """Seventeen characters and their check character (GB 32100-2015)."""
    total = sum(pow(3, i, 31) * ALPHABET.index(c) for i, c in enumerate(first17))
    return first17 + ALPHABET[(31 - total % 31) % 31]
