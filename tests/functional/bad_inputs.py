"""Exports as they shouldn't be: damage of many kinds, each drawn anew for every seed.

A case holds the files of a data folder, a profile, and how many rows of tickets it holds, where that can be known.
"""

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

TOML = """
[profile]
currency = "EUR"
horizons_days = [90]
{profile}
[files]
tickets = {{ path = "{path}"{file} }}
orders = {{ path = "orders.csv" }}
[tables.incidents]
file = "tickets"
{incidents}
[tables.orders]
file = "orders"
"""
HEADER = [
    "incident_id",
    "customer_id",
    "opened_at",
    "category",
    "loss_amount",
    "currency",
    "closed_at",
    "public_complaint",
]
START = datetime(2024, 1, 3, 8, 11, 5)
Row = list[str]
Damage = Callable[[random.Random], "Case"]


@dataclass(frozen=True)
class Case:
    """One folder of exports and the profile that reads it."""

    files: dict[str, bytes]
    toml: str = TOML.format(profile="", path="tickets.csv", file="", incidents="")
    rows: int | None = None


def rows_of(chance: random.Random, n: int = 40) -> list[Row]:
    """Sound tickets."""
    moments = [START + timedelta(days=chance.randrange(300), seconds=chance.randrange(86_400)) for _ in range(n)]
    return [
        [
            f"T{i}",
            f"c{chance.randrange(25)}",
            f"{at}",
            chance.choice(["late", "lost", "rude"]),
            f"{chance.randrange(9000) / 100}",
            "EUR",
            f"{at + timedelta(hours=5)}",
            chance.choice(["yes", "no", ""]),
        ]
        for i, at in enumerate(moments)
    ]


def orders_of(chance: random.Random) -> bytes:
    """Sound orders."""
    lines = ["customer_id,order_id,ordered_at,amount,currency"]
    for i in range(60):
        at = START + timedelta(days=chance.randrange(400), seconds=chance.randrange(86_400))
        lines.append(f"c{chance.randrange(25)},O{i},{at},{chance.randrange(1, 300)},EUR")
    return ("\n".join(lines) + "\n").encode()


def text_of(rows: list[Row], header: Row = HEADER, mark: str = ",", end: str = "\n") -> str:
    """Rows as a delimited file writes them, nothing quoted."""
    return end.join(mark.join(row) for row in [header, *rows]) + end


def a_case(
    chance: random.Random, tickets: bytes, rows: int | None = None, path: str = "tickets.csv", **toml: str
) -> Case:
    """A case of these bytes as tickets."""
    parts = {"profile": "", "file": "", "incidents": "", **toml}
    return Case({path: tickets, "orders.csv": orders_of(chance)}, TOML.format(path=path, **parts), rows)


# ── Bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def codec(chance: random.Random) -> Case:
    """Another encoding, declared or not."""
    name = chance.choice(
        [
            "utf-8-sig",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "utf-32",
            "latin-1",
            "cp1252",
            "cp1250",
            "cp932",
            "euc-kr",
            "gb18030",
            "utf-7",
            "cp037",
            "mac-roman",
            "koi8-r",
            "iso8859-15",
            "idna",
            "hex",
            "rot13",
            "no-such-codec",
        ]
    )
    rows = rows_of(chance)
    for row in chance.sample(rows, 10):
        row[3] = chance.choice(["zu spät", "perdu €", "遅い", "опоздал", "늦음"])
    try:
        content = text_of(rows).encode(name, errors="replace")
    except (LookupError, UnicodeError):
        content = text_of(rows).encode()
    declared = f', encoding = "{name}"' if chance.random() < 0.6 else ""
    return a_case(chance, content, file=declared)


def cut_bytes(chance: random.Random) -> Case:
    """A file that ends anywhere, or holds bytes of nothing."""
    content = bytearray(text_of(rows_of(chance)).encode())
    for _ in range(chance.randrange(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return a_case(chance, bytes(content[: chance.randrange(len(content))]) if chance.random() < 0.5 else bytes(content))


def nul_bytes(chance: random.Random) -> Case:
    """NUL bytes anywhere, header included."""
    content = text_of(rows_of(chance)).encode()
    at = chance.choice([0, 5, len(content) // 2, len(content) - 1])
    return a_case(chance, content[:at] + b"\0" * chance.choice([1, 3, 5000]) + content[at:])


def empty(chance: random.Random) -> Case:
    """Nothing, blanks, marks or a header alone."""
    content = chance.choice(
        [
            b"",
            b"\n",
            b"\n\n\n",
            b" ",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            text_of([]).encode(),
            text_of([]).strip().encode(),
            b",,,,\n",
            b'""\n',
            b"\0\0",
            b"\x1f\x8b",
        ]
    )
    optional = ", optional = true" if chance.random() < 0.3 else ""
    return a_case(chance, content, file=optional)


def line_ends(chance: random.Random) -> Case:
    """Line ends of other machines, mixed, and blank lines between."""
    lines = text_of(rows_of(chance)).splitlines()
    ends = chance.choice(
        [["\r\n"], ["\r"], ["\n", "\r\n"], ["\n\n"], ["\r\r\n"], ["\u2028", "\n"], ["\x0b", "\n"], ["\x1c", "\n"]]
    )
    return a_case(chance, "".join(line + chance.choice(ends) for line in lines).encode())


def packed(chance: random.Random) -> Case:
    """Damaged gzip, gzip of another thing, or none."""
    content = gzip.compress(text_of(rows_of(chance)).encode(), mtime=0)
    broken = bytearray(content)
    broken[chance.randrange(10, len(broken))] ^= 255
    content = chance.choice(
        [content[: chance.randrange(len(content))], bytes(broken), b"no gzip", content + content, content + b"junk"]
    )
    return a_case(chance, content, path="tickets.csv.gz")


# ── Fields ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def ragged(chance: random.Random) -> Case:
    """Rows with more or fewer fields."""
    rows = rows_of(chance)
    for row in chance.sample(rows, chance.randrange(1, 40)):
        row[:] = row + ["x"] * chance.randrange(1, 4) if chance.random() < 0.5 else row[: chance.randrange(1, 7)]
    return a_case(chance, text_of(rows).encode(), len(rows))


def quotes(chance: random.Random) -> Case:
    """Quotes that stray, never close, or stand in the header."""
    rows = rows_of(chance)
    for row in chance.sample(rows, chance.randrange(1, 12)):
        row[3] = chance.choice(['"', 'a"b', '"a', 'a"', '""', '"a"b"', "'", '"x\ny"', '"a,b"', '"a""b"', '"""'])
    header = list(HEADER)
    if chance.random() < 0.2:
        header[3] = chance.choice(['"category', 'cat"egory', '"category"'])
    return a_case(chance, text_of(rows, header).encode())


def headers(chance: random.Random) -> Case:
    """Names that occur twice, are blank, reserved, very long, or aren't there."""
    header = list(HEADER)
    at = chance.randrange(len(header))
    header[at] = chance.choice(
        [
            "incident_id",
            "Incident_ID",
            "",
            " ",
            "_file",
            "_line",
            "x" * 70_000,
            '"',
            "a\tb",
            "𝓷",
            "c0",
            "select",
            "a;b",
            "rowid",
            "opened_at",
            "'; DROP TABLE incidents; --",
        ]
    )
    return a_case(chance, text_of(rows_of(chance), header).encode())


def huge_field(chance: random.Random) -> Case:
    """A field of millions of characters, in a column that is read or not."""
    rows = rows_of(chance)
    row, column = chance.choice(rows), chance.randrange(8)
    row[column] = chance.choice(["x", "9", "é", " ", "-", "1e"]) * chance.choice([101, 70_000, 3_000_000])
    return a_case(chance, text_of(rows).encode(), len(rows))


def many_columns(chance: random.Random) -> Case:
    """A hundred thousand columns, or two thousand and one."""
    n = chance.choice([1_990, 2_001, 20_000, 100_000])
    header = HEADER + [f"n{i}" for i in range(n)]
    rows = [row + ["1"] * n for row in rows_of(chance, 3)]
    return a_case(chance, text_of(rows, header).encode())


def dialect(chance: random.Random) -> Case:
    """Another delimiter than the declared one."""
    mark, told = chance.choice(";|\t:^ ~"), chance.choice([",", ";", "|", "\\t", "", "ab", "é", '\\"', "\\u0000"])
    return a_case(chance, text_of(rows_of(chance), mark=mark).encode(), file=f', delimiter = "{told}"')


# ── Values ───────────────────────────────────────────────────────────────────────────────────────────────────────────

MOMENTS = [
    "2024-02-30 10:00",
    "2024-13-01",
    "0000-00-00",
    "9999-12-31",
    "1970-01-01",
    "2024-03-31 02:30",
    "2024-10-27 02:30",
    "2024-06-01T10:00:00+14:00",
    "2024-06-01T10:00:00-12:00",
    "2024-06-01T10:00:00+99:00",
    "2024-06-01T24:00:00",
    "2024-06-01 23:59:60",
    "2024-06-01T10:00Z",
    "2090-01-01",
    "3/4/2024",
    "13/4/2024",
    "4/13/2024",
    "45000",
    "45000.5",
    "now",
    "null",
    "[2024-01-01, 2024-02-01]",
    '"[""2024-01-01"",""2024-02-01""]"',
    "{'at': '2024-01-01'}",
    "2024",
    "2024-1",
    "20240601",
    "20240601T101112",
    "1717236000",
    "1717236000000",
    "1. März 2024",
    "June 1st",
    "10:11",
    "-1",
    "１２",
    "infinity",
    "-infinity",
    "epoch",
    "2024-06-01 10:00 Europe/Berlin",
    "2024-06-01 10:00 EST",
    "290000-01-01",
    "2024-W22-6",
    "=TODAY()",
]
AMOUNTS = [
    "NaN",
    "inf",
    "-inf",
    "Infinity",
    "-5",
    "-0",
    "1,000",
    "1.000,50",
    "1.000.000",
    "1 000",
    "1'000.5",
    "€5",
    "5 €",
    "5 EUR",
    "(12.00)",
    "12-",
    "1e5",
    "1e308",
    "1e-400",
    "99999999999999999999",
    "0x10",
    "1_000",
    "12.345678901234567890",
    "½",
    "٣٤",
    "--5",
    "5.",
    ".5",
    "1,2,3",
    "",
    " ",
    "0",
    "#REF!",
    "=1+1",
    "TRUE",
]
IDS = [
    "",
    " ",
    "7.6E+11",
    "1e5",
    "x" * 101,
    "T1",
    "T1 ",
    "t1",
    "0001",
    "T\u00a01",
    "\u200bT1",
    "NULL",
    "n/a",
    "-",
    "👤",
    "T1\t",
    "=A1",
]
FLAGS = ["maybe", "2", "-1", "Y", "oui", "☑", "TRUE ", "1.0", "0.0", "on", "X"]


def values(column: int, given: list[str], chance: random.Random) -> Case:
    """Values that a column can't hold, in a few rows or in all."""
    rows = rows_of(chance)
    pool = chance.sample(given, chance.randrange(1, 4))
    for row in rows if chance.random() < 0.2 else chance.sample(rows, chance.randrange(1, 20)):
        row[column] = chance.choice(pool)
        if "," in row[column] and not row[column].startswith('"'):
            row[column] = f'"{row[column]}"'
    zone = chance.choice(
        ["", 'time_zone = "Europe/Berlin"', 'time_zone = "Asia/Kathmandu"', 'time_zone = "America/St_Johns"']
    )
    return a_case(chance, text_of(rows).encode(), len(rows), profile=zone)


def moments(chance: random.Random) -> Case:
    """Times that aren't, of a column that is needed or not."""
    return values(chance.choice([2, 6]), MOMENTS, chance)


def amounts(chance: random.Random) -> Case:
    """Amounts that aren't."""
    return values(4, AMOUNTS, chance)


def ids(chance: random.Random) -> Case:
    """Ids that aren't."""
    return values(chance.choice([0, 1]), IDS, chance)


def other_cells(chance: random.Random) -> Case:
    """Flags, labels and currencies that aren't."""
    return values(chance.choice([3, 5, 7]), [*FLAGS, "usd", "EURO", "XXX", "€", "ab", "1", "x" * 300], chance)


def day_order(chance: random.Random) -> Case:
    """Days and months in an order that nothing, or everything, proves."""
    forms = chance.sample(
        ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%d.%m.%Y", "%Y-%m-%d %H:%M", "%m-%d-%Y", "%d/%m/%y"],
        chance.randrange(1, 3),
    )
    rows = rows_of(chance)
    for row in rows:
        row[2] = datetime.fromisoformat(row[2]).strftime(chance.choice(forms))
    declared = f'\n[tables.incidents.formats]\nopened_at = "{forms[0]}"' if chance.random() < 0.4 else ""
    return a_case(chance, text_of(rows).encode(), len(rows), incidents=declared)


def zones(chance: random.Random) -> Case:
    """Naive and zoned times in one column, gaps and folds of the clock, zones that aren't."""
    rows = rows_of(chance)
    for row in rows:
        row[2] += chance.choice(["", "Z", "+02:00", "-0330", " UTC", "+2"])
    rows[0][2], rows[1][2] = "2024-03-31 02:30:00", "2024-10-27 02:30:00"
    zone = chance.choice(
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Mars/Base", "", "CET", "Etc/GMT+12"]
    )
    return a_case(chance, text_of(rows).encode(), len(rows), profile=f'time_zone = "{zone}"')


def repeated_keys(chance: random.Random) -> Case:
    """Rows that repeat, exactly or not, and orders of nobody."""
    rows = rows_of(chance)
    rows += [list(row) for row in chance.sample(rows, chance.randrange(1, 12))]
    for row in chance.sample(rows, 3):
        row[0] = chance.choice(["T1", "T2", ""])
    return a_case(chance, text_of(rows).encode(), len(rows))


def currencies(chance: random.Random) -> Case:
    """Amounts in several currencies, with and without rates."""
    rows = rows_of(chance)
    for row in rows:
        row[5] = chance.choice(["EUR", "USD", "usd", "", "JPY", "BTC1"])
    rate = "0.0000001" if chance.random() < 0.5 else "1e30"
    rates = "".join(
        f'\n[[rates]]\ncurrency = "{c}"\nsince = 2000-01-01\nrate = {rate}'
        for c in ("USD", "JPY")[: chance.randrange(3)]
    )
    return a_case(chance, text_of(rows).encode(), len(rows), incidents=rates)


# ── Other formats ────────────────────────────────────────────────────────────────────────────────────────────────────


def parquet(chance: random.Random) -> Case:
    """Parquet with types that don't fit, or damaged."""
    n = 30
    opened = chance.choice(
        [
            pa.array([START + timedelta(hours=7 * i) for i in range(n)]),
            pa.array([[START]] * n),
            pa.array([None] * n, pa.timestamp("ns")),
            pa.array([{"at": "2024-01-01"}] * n),
            pa.array([b"\xff\xfe"] * n),
            pa.array(range(n)),
            pa.array([1.5] * n),
            pa.array([True] * n),
            pa.array(["2024-01-01"] * n),
            pa.array([2**62] * n, pa.timestamp("us")),
            pa.array([timedelta(1)] * n),
            pa.nulls(n),
            pa.array([START] * n, pa.timestamp("s", "Europe/Berlin")),
        ]
    )
    loss = chance.choice(
        [
            pa.array([float("nan"), float("inf")] * (n // 2)),
            pa.array([[1.0]] * n),
            pa.array([2**63 - 1] * n),
            pa.array([b"1"] * n),
        ]
    )
    table = pa.table(
        {"incident_id": [f"T{i}" for i in range(n)], "opened_at": opened, "loss_amount": loss, "category": pa.nulls(n)}
    )
    sink = io.BytesIO()
    pq.write_table(table, sink)
    content = bytearray(sink.getvalue())
    if chance.random() < 0.5:
        for _ in range(chance.randrange(1, 30)):
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
    if chance.random() < 0.2:
        content = content[: chance.randrange(len(content))]
    return a_case(chance, bytes(content), path="tickets.parquet")


def workbook(chance: random.Random) -> Case:
    """A workbook with formulas without values, errors, merged cells, numbers as dates, or damage."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    sheet = book.add_worksheet(
        chance.choice(["Sheet1", "a'b", "[x]", "*", "Tickets"]).replace("[", "(").replace("]", ")").replace("*", "s")
    )
    sheet.write_row(0, 0, HEADER)
    for i, row in enumerate(rows_of(chance, 20), start=1):
        sheet.write_row(i, 0, row)
        cell = chance.randrange(8)
        match chance.randrange(6):
            case 0:
                sheet.write_formula(i, cell, "=A1&B1", None, "")
            case 1:
                sheet.write_formula(i, cell, "=1/0", None, "#DIV/0!")
            case 2:
                sheet.write_number(i, cell, chance.choice([45000.5, 1e300, -1, 0]))
            case 3:
                sheet.write_datetime(i, cell, START, book.add_format({"num_format": "d mmm yyyy"}))
            case 4:
                sheet.write_boolean(i, cell, True)
    if chance.random() < 0.3:
        sheet.merge_range(2, 2, 4, 3, "merged")
    book.close()
    content = bytearray(sink.getvalue())
    if chance.random() < 0.5:
        for _ in range(chance.randrange(1, 20)):
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
    told = chance.choice(
        ["", ', sheet = "*"', ', sheet = "nope"', ", header_row = 3", ", header_row = [1, 2]", ", header_row = 99"]
    )
    return a_case(chance, bytes(content), path="tickets.xlsx", file=told)


def no_workbook(chance: random.Random) -> Case:
    """A ZIP that is no workbook, or a bomb of one."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml")[
            : chance.randrange(4)
        ]:
            archive.writestr(name, chance.choice(["", "<a/>", "<a><b></a>", "x" * 2_000_000]))
    return a_case(chance, sink.getvalue(), path="tickets.xlsx")


# ── Names and profiles ───────────────────────────────────────────────────────────────────────────────────────────────


def names(chance: random.Random) -> Case:
    """Names of files with signs in them."""
    path = chance.choice(
        [
            "tickets[1].csv",
            "tickets*.csv",
            "a?b.csv",
            "ti cké€ts.csv",
            "~x.csv",
            "-x.csv",
            "a'b.csv",
            "%s.csv",
            "{x}.csv",
            "$HOME.csv",
            "a;b.csv",
        ]
    )
    case = a_case(chance, text_of(rows_of(chance)).encode(), 40, path=path)
    return case if chance.random() < 0.7 else Case({"orders.csv": case.files["orders.csv"]}, case.toml)


def profile(chance: random.Random) -> Case:
    """A profile that is damaged, deep, or says what can't be."""
    good = a_case(chance, text_of(rows_of(chance)).encode())
    toml = chance.choice(
        [
            "[" * 5000,
            "a = " + "[" * 3000 + "]" * 3000,
            "a." * 3000 + "b = 1",
            "\0",
            "[files]\ntickets = 1",
            "[profile]\nhorizons_days = []",
            "files = []",
            "[tables]\nincidents = 3",
            "[tables.incidents]\nfile = ['x']",
            '[files]\nt = { path = "../x.csv" }',
            "[profile]\ncurrency = 1e999",
            "[[files]]\na = 1",
            "profile = true",
            "[tables.incidents]\nsql = 'no.sql'",
            "[profile]\nhorizons_days = [99999999999999999999]",
            "[profile]\ndata_cut = 9999-12-31",
            "[profile]\nhorizons_days = [9000000]",
            "[profile]\nresponse_cap_days = 1e300",
            "[[rates]]\ncurrency='USD'\nsince=2024-01-01\nrate=inf",
            "[checks]\nsql = 3",
            "[contacts]\nfile = 3",
            "[action_words]\nen = 3",
            "[action_words.en]\napologise = 3",
            "[profile]\nseverity_order = [1]",
            "[profile]\nlargest_customer_share = 2",
        ]
    )
    if chance.random() < 0.3:
        cut = bytearray(good.toml.encode())
        cut[chance.randrange(len(cut))] = chance.randrange(128)
        toml = cut.decode("latin-1")
    elif chance.random() < 0.4:
        toml = (
            good.toml.replace("[profile]", toml + "\n[profile]")
            if "[profile]" not in toml
            else good.toml.replace('[profile]\ncurrency = "EUR"', toml)
        )
    return Case(good.files, toml)


DAMAGES: tuple[Damage, ...] = (
    codec,
    cut_bytes,
    nul_bytes,
    empty,
    line_ends,
    packed,
    ragged,
    quotes,
    headers,
    huge_field,
    many_columns,
    dialect,
    moments,
    amounts,
    ids,
    other_cells,
    day_order,
    zones,
    repeated_keys,
    currencies,
    parquet,
    workbook,
    no_workbook,
    names,
    profile,
)


def cases(each: int) -> Iterator[tuple[str, Case]]:
    """``each`` cases of every kind of damage, with a name that makes one again."""
    for damage in DAMAGES:
        for seed in range(each):
            yield f"{damage.__name__}-{seed}", damage(random.Random(f"{damage.__name__} {seed}"))
