"""Grades that policies and scenarios inherit: those of the published effects of speed and of compensation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.contracts.catalog.estimation import Spec, TreatmentId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.treatments import COMPENSATION, SPEED, TREATMENTS
from pipelines.contracts.tables.effect import Effect
from pipelines.policy.learnt.joint import Joint

UNGRADED = Grade.D


@dataclass(frozen=True)
class Grades:
    """Grades by promise in minutes and by share of the loss; ``anchor`` is the effect that leads, if there is one."""

    minutes: Mapping[float, Grade]
    shares: Mapping[float, Grade]
    mean_share: float
    anchor: str | None

    def of_share(self, share: float) -> Grade:
        """An offer's grade; giving nothing takes that of the share nearest to what is given on average."""
        if share > 0:
            return self.shares.get(share, UNGRADED)
        nearest = min((s for s in self.shares), key=lambda s: abs(s - self.mean_share), default=None)
        return UNGRADED if nearest is None else self.shares[nearest]

    def of(self, minutes: float | None, share: float | None) -> Grade | None:
        """The worse grade of what is set; None where nothing is: nothing is claimed."""
        found = [] if minutes is None else [self.minutes.get(minutes, UNGRADED)]
        return max([*found, *([] if share is None else [self.of_share(share)])], default=None)


def grades_of(joint: Joint, effects: Sequence[Effect]) -> Grades:
    """The grades of the adjusted effects on the same outcome and horizon, over everybody."""
    speed, money = (_matching(joint, effects, treatment) for treatment in (SPEED, COMPENSATION))
    given = joint.share[joint.share > 0]
    return Grades(
        minutes={float(row.level_to or 0.0): row.grade for row in speed if row.grade},
        shares={float(row.level_to or 0.0): row.grade for row in money if row.grade},
        mean_share=float(given.mean()) if len(given) else 0.0,
        anchor=next((row.effect_id for row in money if row.level_to == TREATMENTS[COMPENSATION].headline), None),
    )


def _matching(joint: Joint, effects: Sequence[Effect], treatment: TreatmentId) -> list[Effect]:
    aim = joint.question.aim
    wanted = (treatment, aim.outcome.id, aim.horizon_days, TREATMENTS[treatment].contrast)
    return [
        row
        for row in effects
        if (row.treatment, row.outcome, row.horizon_days, row.contrast) == wanted
        and row.spec is Spec.ADJUSTED
        and not row.segment
    ]
