"""The SELECT of a drafted table, where a map of columns isn't enough."""

from pipelines.contracts.sources import TABLES, Compensations, Incidents, Interactions, Orders, WordOfMouth
from pipelines.reading.draft.guess import Draft, Gathered, Guess, LeftRows
from pipelines.reading.draft.looking.standing import standing_rows
from pipelines.reading.draft.matching.readings import formats_of, traits_of, values_of
from pipelines.reading.draft.matching.states import among
from pipelines.reading.draft.why import Way
from pipelines.reading.files.quoting import name, text, texts
from pipelines.settings.files import FileSpec

_SECONDS = {Way.SECONDS_AFTER_OPENING: 1, Way.MINUTES_AFTER_OPENING: 60, Way.HOURS_AFTER_OPENING: 3600}
POOR_STARS = 2
# Rows of a table hidden in the incident file exist where this column is filled.
_HIDDEN = {
    Interactions.NAME: Interactions.contacted_at,
    Compensations.NAME: Compensations.face_amount,
    WordOfMouth.NAME: WordOfMouth.score,
}


def needs_query(draft: Draft, table: str) -> bool:
    """Whether a table is more than a map of one file's columns."""
    return (
        is_hidden(draft, table)
        or any(g.way is not Way.AS_IT_IS or _is_marked(draft, g) or _clock(draft, g) for g in draft.of_table(table))
        or (table == Incidents.NAME and draft.link is not None)
        or (table == Orders.NAME and draft.orders is not Gathered.NOT)
        or (table == Incidents.NAME and draft.stars != "")
        or any(rows.table == table for rows in draft.left)
        or (table == Incidents.NAME and draft.latest is not None)
        or draft.samples[_file(draft, table)].standing is not None
    )


def is_hidden(draft: Draft, table: str) -> bool:
    """Whether a table's rows lie in the incident file."""
    return table != Incidents.NAME and _file(draft, table) == _file(draft, Incidents.NAME)


def query_of(draft: Draft, table: str) -> str:
    """One SELECT that gives the canonical columns, and the file and line each row came from."""
    if table == Orders.NAME and draft.orders is not Gathered.NOT:
        return _gathered_orders(draft)
    mapped = [g for g in draft.of_table(table) if g.export or g.way is Way.LINE]
    own = [g for g in mapped if g.file == _file(draft, table)]
    columns = [f"    {_value(draft, g)} AS {g.column}" for g in own]
    if table == Incidents.NAME and draft.link:
        columns.append("    o.customer AS customer_id")
    lines = ["SELECT", ",\n".join([*columns, "    t._file", "    t._line"]), f"FROM {_rows(draft, table)} AS t"]
    return "\n".join([*lines, *_join(draft, table), *_only(draft, table)]) + "\n"


def _rows(draft: Draft, table: str) -> str:
    """The file a table is made of; of a file with a row per change, the last row of each case."""
    file, latest = _file(draft, table), draft.latest
    if latest is None or file != _file(draft, Incidents.NAME):
        return _standing(draft, file)
    traits, spec = draft.samples[file].by_name[latest.changed], draft.samples[file].spec
    written = _written(latest.changed, spec)
    read = f"try_strptime({written}, [{texts(traits.dates.formats)}])" if traits.dates.formats else written
    case = f"trim(CAST(t.{name(latest.case)} AS VARCHAR))"
    last = f"row_number() OVER (PARTITION BY {case} ORDER BY {read} DESC NULLS LAST, t._line DESC) = 1"
    return f"(SELECT * FROM {_standing(draft, file)} AS t QUALIFY {last})"


def _standing(draft: Draft, file: str) -> str:
    return standing_rows(name(file), draft.samples[file].standing)


def _gathered_orders(draft: Draft) -> str:
    """One row per order out of its rows: the first filled value of each column, in the order of the alphabet."""
    guesses = [g for g in draft.of_table(Orders.NAME) if g.export]
    order = next(_value(draft, g) for g in guesses if g.column == Orders.order_id)
    columns = [f"    {_gathered(draft, g)} AS {g.column}" for g in guesses]
    lines = [*columns, "    min(t._file) AS _file", "    min(t._line) AS _line"]
    rows = f"FROM {_standing(draft, _file(draft, Orders.NAME))} AS t"
    return "\n".join(["SELECT", ",\n".join(lines), rows, f"GROUP BY {order}"]) + "\n"


def _gathered(draft: Draft, guess: Guess) -> str:
    spec = draft.samples[guess.file].spec
    if guess.column == Orders.order_id:
        return _value(draft, guess)
    if guess.column == Orders.amount and draft.orders is Gathered.SUMMED:
        number = _number(_written(guess.export, spec), spec)
        total = f"sum(TRY_CAST({number} AS DECIMAL(18, 4)))"
        return (
            f"CASE WHEN count({number}) = count(TRY_CAST({number} AS DECIMAL(18, 4))) THEN CAST({total} AS VARCHAR) END"
        )
    if guess.way is Way.AS_IT_IS and not _is_marked(draft, guess) and not _clock(draft, guess) and spec.decimal == ".":
        return f"min({_written(guess.export, spec)})"
    return f"min({_value(draft, guess)})"


def _file(draft: Draft, table: str) -> str:
    """The file a table is made of; a customer found over an order number lies elsewhere."""
    return next((g.file for g in draft.of_table(table) if not (draft.link and g.column == Incidents.customer_id)), "")


def _join(draft: Draft, table: str) -> list[str]:
    link = draft.link
    if table != Incidents.NAME or not link:
        return []
    number = f"trim(CAST({name(link.order_column)} AS VARCHAR))"
    customer = f"min(CAST({name(link.customer_column)} AS VARCHAR))"
    return [
        "LEFT JOIN (",
        f"    SELECT {number} AS number, {customer} AS customer",
        f"    FROM {_standing(draft, link.orders)} GROUP BY {number}",
        f") AS o ON o.number = trim(CAST(t.{name(link.incident_column)} AS VARCHAR))",
    ]


def _only(draft: Draft, table: str) -> list[str]:
    """Conditions on rows: poor reviews where they are the incidents, and rows that a hidden table has at all."""
    conditions = []
    spec = draft.samples[_file(draft, table)].spec
    if draft.stars and _file(draft, table) == _file(draft, Incidents.NAME):
        conditions.append(f"TRY_CAST({_number(_written(draft.stars, spec), spec)} AS DOUBLE) <= {POOR_STARS}")
    out = [among(_written(rows.column, spec), rows.texts) for rows in draft.left if _is_left(draft, rows, table)]
    conditions += [f"NOT coalesce({condition}, false)" for condition in out]
    shown = [_written(g.export, spec) for g in draft.of_table(table) if g.column == _HIDDEN.get(table)]
    if shown and is_hidden(draft, table):
        filled = f"regexp_matches({shown[0]}, '[1-9]')" if table == Compensations.NAME else f"{shown[0]} IS NOT NULL"
        conditions.append(filled)
        untold = [text for g in draft.of_table(table) for text, to in values_of(draft, g).items() if not to]
        conditions += [f"{shown[0]} NOT IN ({texts(untold)})"] if untold else []
    return [f"WHERE {' AND '.join(conditions)}"] if conditions else []


def _is_left(draft: Draft, rows: LeftRows, table: str) -> bool:
    """Rows that are no cases hold nothing of other tables either."""
    return rows.table == table or (rows.table == Incidents.NAME and is_hidden(draft, table))


def _value(draft: Draft, guess: Guess) -> str:
    if guess.way is Way.LINE:
        return "concat(t._file, ':', t._line)"
    spec, traits = draft.samples[guess.file].spec, traits_of(draft, guess)
    written = _moment(draft, guess)
    if guess.way is Way.ELSE_OPENING:
        opened = next(g for g in draft.of_table(Incidents.NAME) if g.column == Incidents.opened_at)
        return f"coalesce({written}, {_moment(draft, opened)})"
    if guess.way is Way.CANCELLED_WHERE_FILLED:
        return f"CASE WHEN {written} IS NOT NULL THEN 'cancelled' END"
    if guess.way.is_since_1970:
        return _since_1970(guess, spec)
    if guess.way is Way.CLOCK_AFTER_OPENING:
        parts = [f"coalesce(TRY_CAST(split_part({written}, ':', {i}) AS BIGINT), 0)" for i in (1, 2, 3)]
        return _after_opening(draft, f"3600 * {parts[0]} + 60 * {parts[1]} + {parts[2]}")
    if guess.way is Way.HUNDREDTHS:
        return f"TRY_CAST({_number(written, spec)} AS DECIMAL(18, 4)) / 100"
    if guess.way is Way.WITHOUT_SIGN:
        return f"trim({_number(written, spec)}, '+-')"
    if guess.way is not Way.AS_IT_IS:
        duration = f"TRY_CAST({_number(written, spec)} AS DOUBLE)"
        return _after_opening(draft, f"CAST(round({_SECONDS[guess.way]} * {duration}) AS BIGINT)")
    if _is_amount(guess) and not values_of(draft, guess) and (spec.decimal == "," or _is_marked(draft, guess)):
        number = _number(written, spec)
        return _below_0(written, number) if traits and traits.amounts.bracketed else number
    return written if spec.nulls or _clock(draft, guess) else f"t.{name(guess.export)}"


def _clock(draft: Draft, guess: Guess) -> str:
    """The column that holds the clock of a day; empty where there is none."""
    moment = TABLES[guess.table].by_name[guess.column].kind in ("time", "date")
    return draft.samples[guess.file].clocks.get(guess.export, "") if guess.export and moment else ""


def _moment(draft: Draft, guess: Guess) -> str:
    """A column as the export writes it, a day together with its clock."""
    spec, clock = draft.samples[guess.file].spec, _clock(draft, guess)
    written = _written(guess.export, spec)
    return (
        f"CASE WHEN {written} IS NOT NULL THEN concat_ws(' ', {written}, {_written(clock, spec)}) END"
        if clock
        else written
    )


def _after_opening(draft: Draft, seconds: str) -> str:
    opened = next(g for g in draft.of_table(Incidents.NAME) if g.column == Incidents.opened_at)
    spec, traits = draft.samples[opened.file].spec, traits_of(draft, opened)
    written, formats = _moment(draft, opened), formats_of(draft, opened)
    if opened.way.is_since_1970:
        return f"{_since_1970(opened, spec)} + to_seconds({seconds})"
    if formats:
        return f"try_strptime({written}, [{texts(formats)}]) + to_seconds({seconds})"
    if traits and traits.dates.zoned:
        instant = rf"regexp_replace({written}, ' ?(z|UTC|GMT)$', 'Z')"
        return f"TRY_CAST({instant} AS TIMESTAMPTZ) + to_seconds({seconds})"
    return f"TRY_CAST({written} AS TIMESTAMP) + to_seconds({seconds})"


def _since_1970(guess: Guess, spec: FileSpec) -> str:
    thousands = " / 1000" if guess.way is Way.MILLISECONDS_SINCE_1970 else ""
    return f"to_timestamp(TRY_CAST({_written(guess.export, spec)} AS DOUBLE){thousands})"


def _written(column: str, spec: FileSpec) -> str:
    """A column as the export writes it, blanks and texts for "nothing" left out."""
    written = f"nullif(trim(CAST(t.{name(column)} AS VARCHAR)), '')"
    return f"CASE WHEN {written} NOT IN ({texts(spec.nulls)}) THEN {written} END" if spec.nulls else written


def _number(written: str, spec: FileSpec) -> str:
    """Digits and signs alone, with a decimal point."""
    plain = f"regexp_replace({written}, {text('[^0-9.,+-]')}, '', 'g')"
    return f"replace(replace({plain}, '.', ''), ',', '.')" if spec.decimal == "," else f"replace({plain}, ',', '')"


def _below_0(written: str, number: str) -> str:
    """Brackets, or a sign behind, say what a sign in front says elsewhere."""
    return f"CASE WHEN regexp_matches({written}, '^.?[(]|-$') THEN '-' || trim({number}, '+-') ELSE {number} END"


def _is_marked(draft: Draft, guess: Guess) -> bool:
    traits = traits_of(draft, guess)
    return bool(traits and _is_amount(guess) and traits.amounts.marked)


def _is_amount(guess: Guess) -> bool:
    return TABLES[guess.table].by_name[guess.column].kind in ("money", "number", "count")
