"""The same question asked of parts of the incidents: each severity, channel, value … on one ladder."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.effects import Aim, Slice, headline_row, level_of
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import ladder_caveats, rung_of, sample_size
from dashboard.figures.ladder import ladder
from dashboard.figures.theme import Palette
from dashboard.filters import dimension_of
from dashboard.lookup import in_order
from dashboard.speech import speech_of
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.changes import counted, noun, timeless
from words.effects import deed
from words.ladders import side_by_side_finding
from words.segments import level_words
from words.speech import Speech

OFFERED = ("0.25", "0.5", "1")
DRAWN_IN = "A part with few cases says little by itself, so its figure is moved towards that of all parts together."


# Of one error: parts whose figures lie closer than this are told apart by nothing but rounding.
ALIKE_ERRORS = 0.1


def segment_rows(run: Run, part: Slice, level: str) -> tuple[Effect, ...]:
    """One row per part at one level: drawn towards the whole where that was published, else as it stands."""
    aim = part.aim
    rows = [
        r
        for r in run.effects
        if (r.treatment, r.outcome, r.horizon_days) == (aim.treatment, aim.outcome, aim.horizon_days)
        and r.level_to == level
        and dimension_of(r.segment) == part.dimension
        and r.spec in (Spec.ADJUSTED, Spec.SHRUNKEN)
    ]
    chosen: dict[str, Effect] = {}
    for row in sorted(rows, key=lambda r: r.spec):
        if row.spec is Spec.ADJUSTED or row.estimate is not None:
            chosen[row.segment] = row
    return tuple(chosen[s] for s in in_order(run, chosen))


def segments_chart(run: Run, part: Slice, colours: Palette) -> Drawn | None:
    """One level of a treatment in each part."""
    lead = headline_row(run, part.aim)
    level = part.level or (lead.level_to if lead else "") or ""
    rows = segment_rows(run, part, level)
    what = deed(replace(rows[0], segment=""), speech_of(run)) if rows else ""
    return _ladder(run, rows, [_level(r) for r in rows], colours, what, "part")


def offers_chart(run: Run, part: Slice, colours: Palette) -> Drawn | None:
    """Each offer in each severity, against giving nothing."""
    found = [(level, r) for level in OFFERED for r in segment_rows(run, part, level)]
    known = {r.segment for _, r in found if r.estimate is not None}
    silent = in_order(run, (r.segment for _, r in found if r.segment not in known))
    found = [(level, r) for level, r in found if r.segment in known]
    order = in_order(run, (r.segment for _, r in found))
    found.sort(key=lambda one: (order.index(one[1].segment), float(one[0])))
    rows = tuple(r for _, r in found)
    labels = [f"{_level(r)}, {speech_of(run).percent(float(level))}" for level, r in found]
    drawn = _ladder(run, rows, labels, colours, "Giving this share of the loss rather than nothing", "offer")
    if drawn is None:
        return None
    words = ", ".join(level_words(s) for s in silent)
    added = (stopping_sentence(run, part.aim), f"Too few cases to say anything of: {words}." if silent else "")
    return replace(drawn, caveats=(*filter(None, added), *drawn.caveats))


def stopping_sentence(run: Run, aim: Aim) -> str:
    """Where more stops paying, over all severities; or why it isn't known. Empty where nobody asked."""
    speech = speech_of(run)
    rows = [r for r in run.effects if aim.asks(r) and r.spec is Spec.STOPPING_POINT]
    if not rows:
        return ""
    row = rows[0]
    if row.estimate is None:
        return f"Where more stops paying isn't known. {speech.all(row.reasons)}".strip()
    limits = (
        f" ({speech.percent(row.ci_low)} to {speech.percent(row.ci_high)})"
        if row.ci_low is not None and row.ci_high is not None
        else ""
    )
    return f"More stops paying at {speech.percent(row.estimate)} of the loss{limits}."


def _ladder(
    run: Run, rows: tuple[Effect, ...], labels: Sequence[str], colours: Palette, what: str, thing: str
) -> Drawn | None:
    speech = speech_of(run)
    if all(r.estimate is None for r in rows):
        return None
    unit, measure = timeless(rows[0], speech), noun(rows[0], speech)
    pooled = pooled_words(rows, speech)
    shown = _one_for_all(rows, speech) if pooled else list(zip(labels, rows, strict=True))
    rungs = [rung_of(r, label, speech, grade=r.grade) for label, r in shown]
    title = side_by_side_finding(shown, counted(rows[0], speech), thing, speech)
    shrunken = any(r.spec is Spec.SHRUNKEN for r in rows)
    return Drawn(
        title,
        f"{what}. {measure.capitalize()}, 95 % interval",
        ladder(rungs, colours, f"change in {unit}"),
        rows,
        sample_size(rows, speech),
        f"{title}. {what}: {'; '.join(f'{r.label} {r.reading}' for r in rungs)}.",
        (*([pooled or DRAWN_IN] if shrunken else []), *ladder_caveats(rungs, [r for _, r in shown], speech)),
    )


def pooled_words(rows: Sequence[Effect], speech: Speech) -> str:
    """That the parts carry one figure per level between them, where they do; else "".

    Where parts differ no more than chance would make them, each is given what all of them show together.
    """
    groups = _by_level(rows)
    if not groups or any(len(g) < 2 or not all(r.spec is Spec.SHRUNKEN for r in g) or not _alike(g) for g in groups):
        return ""
    figures = "One figure stands" if len(groups) == 1 else f"{speech.count(len(groups))} figures stand"
    return (
        f"{figures} for {speech.count(sum(map(len, groups)))}: the parts differ no more than chance would make them, "
        "so each is given what all of them show together; drawn with the widest of their intervals."
    )


def _by_level(rows: Sequence[Effect]) -> list[list[Effect]]:
    """The rows with an estimate, level by level."""
    known = [r for r in rows if r.estimate is not None]
    return [[r for r in known if r.level_to == level] for level in dict.fromkeys(r.level_to for r in known)]


def _one_for_all(rows: Sequence[Effect], speech: Speech) -> list[tuple[str, Effect]]:
    """One row per level for parts that coincide, the one with the widest interval, labelled with all of them."""
    found = []
    for group in _by_level(rows):
        share = f": {speech.percent(level_of(group[0]))}" if len({r.level_to for r in rows}) > 1 else ""
        widest = max(group, key=lambda r: told(r.ci_high) - told(r.ci_low))
        found.append((", ".join(_level(r) for r in group) + share, widest))
    return [*found, *((_level(r), r) for r in rows if r.estimate is None)]


def _alike(rows: Sequence[Effect]) -> bool:
    estimates, errors = [told(r.estimate) for r in rows], [r.std_error or 0.0 for r in rows]
    apart = max(estimates) - min(estimates)
    return all(errors) and len({r.grade for r in rows}) == 1 and apart <= ALIKE_ERRORS * min(errors)


def _level(row: Effect) -> str:
    return level_words(row.segment, " × ")
