"""A randomised arm, as assigned: least squares with every covariate interacted with the arm (Lin 2013).

Standardised over the experiment, which centres the interactions. Whether the assignment was followed doesn't matter.
Errors are clustered by what was drawn: where whole sites or customers were, their incidents tell little more than one.
Where incidents were drawn one by one, the usual clusters hold them.
"""

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.covariates import COVARIATES
from pipelines.contracts.catalog.estimation import At, ContrastKind, Covariate
from pipelines.contracts.catalog.treatments import ASSIGNMENT, TREATMENTS
from pipelines.contracts.mart import Col, ColumnName
from pipelines.contracts.messages.estimation import ArmsNotDeclared, Gate, NotTwoArms, UnitUnknown
from pipelines.models.ask.opening import open_question
from pipelines.models.ask.yes_no import shown, withheld
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Linear, Product
from pipelines.models.question import Aim, Contrast, Level, Question, make_sample
from pipelines.models.refusal import NotEstimableError

# What companies call the arm in which nothing is done otherwise.
USUAL_ARMS = ("usual", "control", "standard", "none", "0")
PRECISION = tuple(held for held in COVARIATES if held.precise)
GIVEN = Covariate.GIVEN


def ask_experiment(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for two arms; raises :class:`NotEstimableError` with the reason when there is none."""
    if facts.randomised != ASSIGNMENT:
        raise NotEstimableError(ArmsNotDeclared())
    arm = mart[TREATMENTS[ASSIGNMENT].column].astype("object")
    names = sorted(arm.dropna().unique(), key=lambda name: (str(name).lower() not in USUAL_ARMS, str(name)))
    if len(names) != 2:
        raise NotEstimableError(NotTwoArms(len(names)))
    opened = open_question(mart, aim, facts, (Gate.NOT_IN_EXPERIMENT, arm.notna().to_numpy()), covariates=PRECISION)
    by: ColumnName = facts.drawn_by or Col.CLUSTER_KEY
    if facts.drawn_by and opened.chosen[by].isna().any():
        raise NotEstimableError(UnitUnknown(int(opened.chosen[by].isna().sum()), by))
    given, terms = (arm.iloc[opened.rows] == names[1]).to_numpy(dtype=float), opened.covariates
    return Question(
        aim=aim,
        sample=make_sample(mart, opened.rows, {GIVEN: given, **opened.table}, opened.y, by),
        rows=opened.rows,
        treatment=(Linear(GIVEN), *(Product(Linear(GIVEN), term) for term in terms)),
        covariates=terms,
        base=withheld,
        contrasts=(
            Contrast(Level(ContrastKind.ARM, str(names[0]), str(names[1])), shown, moved=given == 0, there=given == 1),
        ),
        members=np.ones(len(given)),
        dose=GIVEN,
        left_out=opened.left_out,
    )


def experiment_levels() -> tuple[Level, ...]:
    """The contrast's name before the arms are known."""
    return (Level(ContrastKind.ARM, At.USUAL, At.OTHER),)
