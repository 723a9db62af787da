"""How much room words take, roughly: enough to leave margins and to choose a size, whatever the script."""

import unicodedata

NARROW, USUAL, WIDE, FULL = 0.3, 0.52, 0.66, 1.0
BOLD = 1.06


def width_of(text: str, points: float, *, bold: bool = False) -> float:
    """The width of one line in points, for a usual sans-serif face; full-width scripts take a whole square."""
    return sum(map(_share, text)) * points * (BOLD if bold else 1.0)


def lines_of(text: str, room_points: float, points: float) -> int:
    """How many lines a paragraph takes when it is broken between words."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        size = width_of(word + " ", points)
        if used and used + size > room_points:
            lines, used = lines + 1, 0.0
        used += size
        while used > room_points:
            lines, used = lines + 1, used - room_points
    return lines


def fitting_points(text: str, width: float, height: float, sizes: tuple[float, ...], *, leading: float = 1.2) -> float:
    """The largest of ``sizes`` (descending) at which the text fits a box in points; the smallest if none does."""
    for points in sizes:
        if sum(lines_of(p, width, points) for p in text.split("\n")) * points * leading <= height:
            return points
    return sizes[-1]


def wrapped(text: str, room: float, points: float, most: int = 3) -> str:
    """Lines that fit into so many points, at most so many lines; what is cut off ends in an ellipsis."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, points) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    kept = lines if len(lines) <= most else [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return "\n".join(_shortened(line, room, points) for line in kept)


def _shortened(line: str, room: float, points: float) -> str:
    """A line without spaces that is too long for its room loses its end."""
    while width_of(line, points) > room and len(line) > 2:
        line = line.rstrip("…")[:-1] + "…"
    return line


def _share(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return FULL
    if letter in "iljtfI.,;:'|!() ":
        return NARROW
    return WIDE if letter.isupper() or letter in "mw%+−" else USUAL
