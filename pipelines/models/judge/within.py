"""A question asked among cases that share circumstances, with the controls that look for traces of these.

Three fits: with what is recorded of each case alone; with agents and arrivals held as well, where the controls look for
traces of a site's days; and within the weeks of a site, which is the headline, where they look again. What isn't on
record isn't held, and said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.contracts.catalog.treatments import ASSIGNMENT, FAILURE
from pipelines.contracts.messages.grounds import CircumstancesUnchecked, NotWithinCircumstances
from pipelines.models.ask.circumstances import Circumstances, Period, others, within
from pipelines.models.facts import Facts
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.solve import Solved, fit_question, points, solve_fit
from pipelines.models.judge.controls import ControlTests, control_tests, unexpected
from pipelines.models.judge.review import Shared
from pipelines.models.question import Question, Scenario
from pipelines.models.refusal import NotEstimableError


@dataclass(frozen=True)
class Asked:
    """The headline with its intervals, the same across circumstances without any, and what the controls found."""

    headline: Solved
    across: Solved
    shared: Shared


def applies(question: Question, facts: Facts) -> bool:
    """Whether circumstances can confound: not what was drawn, and not purchases, which nobody at a site answered."""
    return question.aim.treatment not in (ASSIGNMENT, FAILURE, facts.randomised)


def ask_within(question: Question, around: Circumstances | None, scenarios: Sequence[Scenario]) -> Asked:
    """Fit a question within circumstances, or across them where that can't be; ``around`` None: nothing to hold."""
    fitted = fit_question(question)
    contrasts = [question.base, *(c.to for c in question.contrasts)]
    across = points(fitted, question, contrasts)
    if around is None:
        return Asked(solve_fit(fitted, question, scenarios), across, Shared(lacking=(CircumstancesUnchecked(),)))
    shared, held = _shared(question, around, fitted)
    if held is None:
        return Asked(solve_fit(fitted, question, scenarios), across, shared)
    return Asked(solve_fit(held.fit, held.question, scenarios), across, shared)


def _shared(question: Question, around: Circumstances, fitted: Fit) -> tuple[Shared, Solved | None]:
    """The controls at both looks, and the fit within circumstances."""
    weeks, agents = within(question, around, Period.WEEK), within(question, around, None)
    if not weeks.sample.within:
        return Shared(lacking=around.lacking), None
    try:
        held = points(fit_question(weeks, fitted), weeks, ())
        before = points(fit_question(agents, fitted), agents, ())
    except NotEstimableError:
        return Shared(lacking=(*around.lacking, NotWithinCircumstances())), None
    looked = others(question, around, unexpected(before))
    months = around.period(Period.MONTH)[question.rows]

    def tests(solved: Solved) -> ControlTests | None:
        return control_tests(solved, looked, (months, around.day[question.rows]))

    return Shared(tests(before), tests(held), around.lacking), held
