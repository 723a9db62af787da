"""The charts of what speed and compensation gain: rows of a run → drawn charts. None when there are no rows."""

from collections.abc import Sequence

from dashboard.effects import Aim, curve_rows, ladder_rows
from dashboard.figures.curve import Line, Point, Scale, curve
from dashboard.figures.drawn import Drawn
from dashboard.figures.ladder import Rung, ladder
from dashboard.figures.theme import Palette
from dashboard.formats import count, digits_for, duration, percent, plain
from dashboard.store import Row, Rows, Run
from pipelines.contracts.findings import ladder_finding

MINUTE_TICKS = ((15, "15 min"), (60, "1 h"), (240, "4 h"), (1440, "24 h"), (4320, "72 h"), (20160, "14 d"))
SHARE_TICKS = (0.0, 0.5, 1.0, 1.5)


def speed_ladder(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """What a promise to answer everyone within 15 minutes … 72 hours gains against today's times."""
    rows = ladder_rows(run, aim, "adjusted")
    who = run.profile["customers_word"]
    title = ladder_finding([(f"Answering within {_time(r)}", r) for r in rows], who, "promise")
    subtitle = "Change if everyone were answered in time, against today"
    return _ladder(run, aim, colours, [f"within {_time(r)}" for r in rows], title, subtitle)


def compensation_ladder(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """What giving back 10 % … 150 % of the loss gains against giving nothing."""
    rows = ladder_rows(run, aim, "adjusted")
    who = run.profile["customers_word"]
    strongest_first = [(f"Giving {_share(r)} of the loss", r) for r in reversed(rows)]
    title = ladder_finding(strongest_first, who, "offer")
    subtitle = "What an offer to everyone who was answered would change, against giving nothing; answering speed held"
    return _ladder(run, aim, colours, [_share(r) for r in rows], title, subtitle)


def speed_curve(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Returning customers per 100 if everyone were answered within so many minutes."""
    scale = Scale(tuple((float(m), t) for m, t in MINUTE_TICKS), "everyone answered within …", log=True)
    title = "How returning falls as the promise gets slower"
    return _curve(run, aim, colours, scale, title, "If everyone were answered within this time, or sooner")


def compensation_curve(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Returning customers per 100 if everyone answered had been given this share of their loss."""
    scale = Scale(tuple((s, percent(s)) for s in SHARE_TICKS), "compensation as a share of the loss")
    title = "How returning changes with the share of the loss given back"
    return _curve(run, aim, colours, scale, title, "If everyone answered were given this share; speed held")


def _time(row: Row) -> str:
    return duration(float(row["level_to"]))


def _share(row: Row) -> str:
    return percent(float(row["level_to"]))


def unit_words(run: Run, aim: Aim) -> str:
    """``returning guests per 100``: the outcome in the company's own word for customers."""
    return f"{aim.catalogued.per_100} per 100".replace("customers", run.profile["customers_word"])


def horizon_words(aim: Aim) -> str:
    """`` within 365 days``, empty for outcomes without a horizon."""
    return f" within {aim.horizon_days} days" if aim.horizon_days else ""


def _ladder(run: Run, aim: Aim, colours: Palette, labels: Sequence[str], title: str, subtitle: str) -> Drawn | None:
    rows = ladder_rows(run, aim, "adjusted")
    if not rows:
        return None
    raw = {r["level_to"]: r["estimate"] for r in ladder_rows(run, aim, "raw")}
    rungs = [
        Rung(label, r["estimate"], r["ci_low"], r["ci_high"], raw.get(r["level_to"]))
        for label, r in zip(labels, rows, strict=True)
    ]
    digits = digits_for([(r.ci_low, r.ci_high) for r in rungs if r.ci_low is not None and r.ci_high is not None])
    unit = f"more {unit_words(run, aim)}"
    readings = "; ".join(f"{r.label} {r.reading(digits)}" for r in rungs)
    return Drawn(
        title,
        f"{subtitle}. {unit_words(run, aim).capitalize()}{horizon_words(aim)}, 95 % interval",
        ladder(rungs, colours, unit, digits),
        rows,
        sample_size(rows),
        f"{title}. {unit}{horizon_words(aim)}: {readings}.",
        _ladder_caveats(rungs, rows),
    )  # fmt: skip


def _ladder_caveats(rungs: Sequence[Rung], rows: Rows) -> tuple[str, ...]:
    refused = [
        f"No estimate for {rung.label}. {row['reason']}" for rung, row in zip(rungs, rows, strict=True) if row["reason"]
    ]
    raw = (
        ["◇ raw: cases compared as they are, before making them comparable."]
        if any(r.raw is not None for r in rungs)
        else []
    )
    return (*raw, *refused)


def _curve(run: Run, aim: Aim, colours: Palette, scale: Scale, title: str, subtitle: str) -> Drawn | None:
    rows = curve_rows(run, aim)
    shown = [r for r in rows if r["supported"]]
    if not shown:
        return None
    points = tuple(
        Point(r["x"], r["estimate"], r["ci_low"], r["ci_high"], bool(r["supported"]), r["n_near"] or 0) for r in rows
    )
    unit = unit_words(run, aim)
    first, last = shown[0], shown[-1]
    say = duration if scale.log else percent
    ends = "; ".join(
        f"{say(r['x'])}: {plain(r['estimate'])} ({plain(r['ci_low'])} to {plain(r['ci_high'])})" for r in (first, last)
    )
    return Drawn(
        title,
        f"{subtitle}. {unit.capitalize()}{horizon_words(aim)}; the band covers the whole curve 95 times in 100",
        curve([Line("adjusted", "adjusted", points)], scale, colours, unit),
        rows,
        sample_size(ladder_rows(run, aim, "adjusted")),
        f"{title}. {unit}{horizon_words(aim)}, {ends}.",
        ("The line ends where too few incidents lie near.",) if len(shown) < len(rows) else (),
    )  # fmt: skip


def sample_size(rows: Rows) -> str:
    """``7,412 incidents, 1,130 effectively independent``; the largest of the rows."""
    known = [r for r in rows if r["n_incidents"]]
    if not known:
        return ""
    row = max(known, key=lambda r: r["n_incidents"])
    effective = row["effective_incidents"]
    extra = f", {count(round(effective))} effectively independent" if effective else ""
    return f"{count(row['n_incidents'])} incidents{extra}"
