"""The mail as a PDF of one page."""

from dataclasses import asdict

from dashboard.exports.mail.weekly import Weekly
from dashboard.exports.pdf.press import Paper, press

SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)


def page(mail: Weekly, paper: Paper = "a4") -> bytes:
    """The largest type at which everything stands on one page."""
    data = asdict(mail) | {"title": mail.subject, "small": list(mail.facts)}
    made = b""
    for size in SIZES:
        made, pages = press("weekly.typ", data | {"size": size}, paper)
        if pages == 1:
            break
    return made
