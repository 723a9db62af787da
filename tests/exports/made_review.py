"""A review of made-up findings whose words are as awkward as people's words can be."""

from dataclasses import replace

from dashboard.exports.choice import Choice
from dashboard.exports.compose import compose
from dashboard.exports.from_plotly import plate_of
from dashboard.exports.listing import Listing
from dashboard.exports.review import Finding, Review
from dashboard.figures.drawn import Drawn, Shape
from dashboard.figures.ladder import Rung, ladder
from dashboard.figures.theme import LIGHT
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.tables.measure import Measured
from pipelines.publish.store import Run
from words.speech import PLAIN

LONG = "Kreuzfahrtdirektvertriebsgesellschaft Nord- und Ostseereisen mit Landgang und Vollpension"
KOREAN, HEBREW = "객실 청소가 늦어진 손님", "אורחים שהחדר שלהם לא היה מוכן"
ARABIC = "ضيوف لم تكن غرفتهم جاهزة"
AWKWARD = (LONG, KOREAN, HEBREW, ARABIC, "=1+1", "<b>bold</b> & #panic(1)")
FORMULAS = ("=HYPERLINK(0)", "+1", "-1", "@SUM(1)", "\tx", "\rx")


def rungs(labels: tuple[str, ...], *, sign: float = 1.0) -> list[Rung]:
    """Rungs with intervals, every third without an estimate where there are several."""
    found = []
    for i, label in enumerate(labels):
        gain = sign * (1.0 + 0.3 * (i % 7))
        gap = len(labels) > 5 and i % 3 == 2
        limits = (None, None, None) if gap else (gain, gain - 1.2, gain + 1.4)
        found.append(Rung(label, *limits, raw=None if gap else gain + 1.0, grade=None if gap else "BCD"[i % 3]))
    return found


def finding_of(labels: tuple[str, ...], headline: str, *, sign: float = 1.0, chart: str = "made_up") -> Finding:
    """A finding over a ladder with these names on its rungs."""
    figure = ladder(rungs(labels, sign=sign), LIGHT, "change in returning guests per 100")
    rows = tuple(
        Measured(Topic.DESCRIPTIVE, Measure.RESTORED, f"brand={label}", estimate=1.5, n=12) for label in labels
    )
    drawn = Drawn(headline, f"Measured per 100 guests: {headline}", figure, rows, "812 incidents", f"{headline}.")
    return Finding(
        id=chart, shape=Shape.LADDER, headline=headline, subtitle=drawn.subtitle,
        statement=f"{headline}: 2 more (1 to 3). And so on.", todo="Keep the current standard.", grade=Grade.C,
        grade_words="A hint.", caveats=(f"Not known for {LONG}.",),
        source=drawn.source, definition="What it is.", alt=drawn.alt, plate=plate_of(figure, PLAIN), drawn=drawn,
        levels=Listing(("Name", "Change", "95 % interval"), tuple((name, "+2", "1 to 3") for name in labels)),
        rows=rows, notes=(),
    )  # fmt: skip


def awkward_review(run: Run) -> Review:
    """The run's own review with findings of one and of forty rungs, losses, long names and other scripts."""
    review = compose(run, Choice())
    findings = (
        finding_of(AWKWARD, f"{LONG} goes with more returning guests", chart="awkward"),
        finding_of(("only one",), KOREAN, chart="one"),
        finding_of(tuple(f"Site {i + 1} {LONG[: 5 * (i % 9)]}" for i in range(40)), HEBREW, chart="forty"),
        finding_of(("cash", "credit", "in kind"), "All of them lose", sign=-1.0, chart="losses"),
    )
    return replace(
        review,
        title=f"{KOREAN} {ARABIC}",
        name="=Q3",
        findings=(*findings, *review.findings),
        notes=(f"31 Oct: {HEBREW}",),
    )
