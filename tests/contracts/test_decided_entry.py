from dataclasses import replace
from datetime import date

import pytest

from pipelines.contracts.catalog.estimation import AskedOf, ContrastKind, Estimand, Spec
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.outcomes import RETURNED
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.decided import decision, effect_of
from pipelines.contracts.messages.faults import DecisionText, DueBeforeDecided, EffectNotEstimated, EffectNotFollowed
from pipelines.contracts.tables.effect import Effect
from pipelines.errors import DecisionError
from words.decided import expected_in_words, outcome_so_far
from words.speech import Speech

GUESTS = Speech(customers_word="guests")
EFFECT = Effect(
    outcome=RETURNED, horizon_days=365, treatment=SPEED, contrast=ContrastKind.WITHIN, level_to="60",
    estimand=Estimand.POLICY_SHIFT, spec=Spec.ADJUSTED, estimate=3.1, std_error=1.2, ci_low=0.7, ci_high=5.5,
    unit=Unit.PER_100_CUSTOMERS, grade=Grade.B, population=AskedOf.ALL,
)  # fmt: skip


def taken(**changes):
    return decision(**{
        "what": "Answer within an hour", "owner": "Front office", "decided": date(2026, 3, 1), "due": date(2026, 4, 1),
        "run_id": "0001-a", "data_cut": date(2026, 2, 28), "effect": EFFECT,
    } | changes)  # fmt: skip


def test_a_decision_says_what_it_expects_and_when_it_can_be_judged():
    assert taken().matures_on == date(2027, 4, 29)
    assert expected_in_words(taken(), GUESTS) == "3 more returning guests per 100 within a year (1 to 6)"
    assert "2027-04-29" in outcome_so_far(taken(), [], GUESTS)


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"what": "  "}, DecisionText("what", 200)), ({"owner": "x" * 201}, DecisionText("owner", 200)),
     ({"due": date(2026, 2, 1)}, DueBeforeDecided()),
     ({"effect": replace(EFFECT, verdict=Verdict.NOT_ESTIMABLE, estimate=None)}, EffectNotEstimated()),
     ({"effect": replace(EFFECT, spec=Spec.RAW)}, EffectNotFollowed()),
     ({"effect": replace(EFFECT, estimand=Estimand.WON_BACK_SHARE)}, EffectNotFollowed())],
)  # fmt: skip
def test_what_cannot_be_remembered_is_refused(changes, says):
    with pytest.raises(DecisionError) as refused:
        taken(**changes)
    assert refused.value.fault == says


def test_an_effect_is_found_by_the_start_of_its_id_if_that_is_enough():
    assert effect_of([EFFECT], EFFECT.effect_id[:6]) == EFFECT
    with pytest.raises(DecisionError, match="no_such_effect"):
        effect_of([EFFECT], "nothing")
    with pytest.raises(DecisionError, match="several_effects"):
        effect_of([EFFECT, EFFECT], EFFECT.effect_id)
