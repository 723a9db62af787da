"""The mail as a PDF of one page."""

from dataclasses import dataclass, replace

from dashboard.exports.mail.weekly import Section, Weekly
from dashboard.exports.pdf.press import Paper, Printable, press

SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)


@dataclass(frozen=True)
class Page(Printable):
    """All words of the page, under the names by which ``weekly.typ`` knows them; ``size`` of its type in points."""

    size: float
    title: str
    kicker: str
    headline: str
    mood: str
    beside: str
    sections: tuple[Section, ...]


def page(mail: Weekly, paper: Paper = "a4") -> bytes:
    """The largest type at which everything stands on one page."""
    largest = Page(
        SIZES[0], mail.subject, mail.kicker, mail.headline, mail.mood, mail.beside, mail.sections, small=mail.facts
    )
    made = b""
    for size in SIZES:
        made, pages = press("weekly.typ", replace(largest, size=size), paper)
        if pages == 1:
            break
    return made
