"""The mail as HTML that mail programs show: one column, styles in place, nothing loaded, every word escaped."""

from html import escape

from dashboard.exports.mail.weekly import Item, Section, Weekly
from dashboard.figures.theme import LIGHT

SANS, SERIF = "'Helvetica Neue',Helvetica,Arial,sans-serif", "Georgia,'Times New Roman',serif"
WIDTH = 640


QUIET = f"font:13px/1.5 {SANS};color:{LIGHT.quiet}"


def html(mail: Weekly) -> str:
    """The whole page; the same at the width of a desk and of a phone."""
    beside = _words("p", f"margin:0 0 12px;font:15px/1.5 {SANS};color:{LIGHT.ink}", mail.beside) if mail.beside else ""
    foot = f"margin:26px 0 0;{QUIET};border-top:1px solid {LIGHT.axis};padding-top:10px"
    facts = "<br>".join(escape(line) for line in mail.facts)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(mail.subject)}</title></head>"
        f'<body style="margin:0;padding:0;background:{LIGHT.background};color:{LIGHT.ink}">'
        f'<div style="max-width:{WIDTH}px;margin:0 auto;padding:24px 18px">'
        + _words("p", f"margin:0 0 8px;font:bold 13px/1.4 {SANS};color:{LIGHT.adjusted}", mail.kicker)
        + _words("h1", f"margin:0 0 10px;font:bold 25px/1.25 {SERIF}", mail.headline)
        + _words("p", f"margin:0 0 12px;font:bold 14px/1.4 {SANS};color:{LIGHT.quiet}", mail.mood)
        + f'{beside}{"".join(map(_section, mail.sections))}<p style="{foot}">{facts}</p></div></body></html>'
    )


def _words(tag: str, style: str, text: str) -> str:
    return f'<{tag} style="{style}">{escape(text)}</{tag}>'


def _section(section: Section) -> str:
    rows = "".join(_item(item) for item in section.items)
    layout = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse"'
    note = _words("p", f"margin:0 0 6px;{QUIET}", section.note) if section.note else ""
    title = _words("h2", f"margin:24px 0 6px;font:bold 18px/1.3 {SERIF}", section.title)
    return title + note + (f"<table {layout}>{rows}</table>" if rows else "")


def _item(item: Item) -> str:
    line = f"border-bottom:1px solid {LIGHT.grid};padding:7px 0;vertical-align:top"
    bold = f"{line};padding-left:12px;text-align:right;white-space:nowrap;font:bold 15px/1.4 {SANS}"
    beside = "<br>" + _words("span", f"font-size:12px;color:{LIGHT.quiet}", item.beside) if item.beside else ""
    first = f'<td style="{line};font:15px/1.4 {SANS}">{escape(item.label)}{beside}</td>'
    return f"<tr>{first}{_words('td', bold, item.value)}</tr>"


def plain(mail: Weekly) -> str:
    """The same as plain text, for readers who want no HTML."""
    head = [mail.kicker, "", mail.headline, mail.mood, mail.beside]
    body = [line for section in mail.sections for line in ("", section.title.upper(), section.note, *_lines(section))]
    return "\n".join([*head, *body, "", *mail.facts]) + "\n"


def _lines(section: Section) -> list[str]:
    return [f"- {i.label}: {i.value}{f' ({i.beside})' if i.value else i.beside}" for i in section.items]
