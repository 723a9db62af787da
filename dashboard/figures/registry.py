"""Every chart by its id: pages and exports look charts up here."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.effects import Aim
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import compensation_curve, compensation_ladder, speed_curve, speed_ladder
from dashboard.figures.theme import Palette
from dashboard.store import Run


@dataclass(frozen=True)
class Chart:
    """A chart: the result table behind it, the treatment it is about, and the function that draws it."""

    id: str
    table: str
    treatment: str
    draw: Callable[[Run, Aim, Palette], Drawn | None]


CHARTS: dict[str, Chart] = {
    c.id: c
    for c in (
        Chart("speed_ladder", "effects", "speed", speed_ladder),
        Chart("speed_curve", "curves", "speed", speed_curve),
        Chart("compensation_ladder", "effects", "compensation", compensation_ladder),
        Chart("compensation_curve", "curves", "compensation", compensation_curve),
    )
}
