"""A randomised arm, as assigned: least squares with every covariate interacted with the arm (Lin 2013).

Standardised over the experiment, which centres the interactions. Whether the assignment was followed doesn't matter.
"""

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.ask.covariates import Covariate
from pipelines.models.ask.opening import open_question
from pipelines.models.ask.yes_no import shown, withheld
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Linear, Product
from pipelines.models.question import Aim, Contrast, Level, Question, make_sample
from pipelines.models.refusal import NotEstimableError

USUAL = ("usual", "control", "standard", "none", "0")
PRECISION = (
    Covariate(Col.SEVERITY, "label", "failure"),
    Covariate(Col.LOSS_AMOUNT, "amount", "failure"),
    Covariate(Col.SEGMENT, "label", "customer"),
    Covariate(Col.LOYALTY_TIER, "label", "customer"),
    Covariate(Col.ORDERS_365D, "amount", "history"),
)


def ask_experiment(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for two arms; raises :class:`NotEstimableError` with the reason when there is none."""
    if facts.randomised != "assignment":
        raise NotEstimableError(
            'The arms weren\'t declared as drawn by lot. Set randomised = "assignment" if they were.'
        )
    arm = mart[Col.ASSIGNMENT].astype("object")
    names = sorted(arm.dropna().unique(), key=lambda name: (str(name).lower() not in USUAL, str(name)))
    if len(names) != 2:
        raise NotEstimableError(f"The experiment has {len(names)} arms; exactly two can be compared so far.")
    opened = open_question(mart, aim, facts, ("not_in_experiment", arm.notna().to_numpy()), covariates=PRECISION)
    given, terms = (arm.iloc[opened.rows] == names[1]).to_numpy(dtype=float), opened.covariates
    return Question(
        aim=aim,
        sample=make_sample(mart, opened.rows, {"given": given, **opened.table}, opened.y),
        rows=opened.rows,
        treatment=(Linear("given"), *(Product(Linear("given"), term) for term in terms)),
        covariates=terms,
        base=withheld,
        contrasts=(Contrast(Level("arm", str(names[0]), str(names[1])), shown, moved=given == 0, there=given == 1),),
        members=np.ones(len(given)),
        dose="given",
        left_out=opened.left_out,
    )


def experiment_levels() -> tuple[Level, ...]:
    """The contrast's name before the arms are known."""
    return (Level("arm", "usual", "other"),)
