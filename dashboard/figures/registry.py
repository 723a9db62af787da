"""Every chart by its id: pages and exports look charts up here."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.effects import Aim
from dashboard.figures.actions import actions_chart, kinds_chart
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import compensation_curve, compensation_ladder, speed_curve, speed_ladder
from dashboard.figures.theme import Palette
from dashboard.figures.trust import balance_chart, specification_ladder
from dashboard.figures.voices import voices_chart
from dashboard.store import Run


@dataclass(frozen=True)
class Chart:
    """A chart: the result table behind it and the function that draws it for one question."""

    id: str
    table: str
    draw: Callable[[Run, Aim, Palette], Drawn | None]


CHARTS: dict[str, Chart] = {
    c.id: c
    for c in (
        Chart("speed_ladder", "effects", speed_ladder),
        Chart("speed_curve", "curves", speed_curve),
        Chart("compensation_ladder", "effects", compensation_ladder),
        Chart("compensation_curve", "curves", compensation_curve),
        Chart("actions", "effects", actions_chart),
        Chart("kinds", "effects", kinds_chart),
        Chart("voices", "effects", voices_chart),
        Chart("specification_ladder", "effects", specification_ladder),
        Chart("balance", "diagnostics", balance_chart),
    )
}
