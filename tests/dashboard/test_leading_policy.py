"""A run leads with a policy within the company's own standard; what falls below it says so before any figure."""

from dataclasses import replace

from published_run import SPEECH
from rows_in_short import changed

from dashboard.exports.around import tables_of
from dashboard.offers import leading_policy, policy_facts, policy_of
from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.plans import BelowStandardInSegments

BELOW = BelowStandardInSegments(3, 12)


def within_standard(run):
    """The run with standards: what pays back falls below them, and a second policy keeps to them."""
    best = replace(policy_of(run), reasons=(BELOW, NoConclusion()))
    kept = replace(best, policy=Plan.WITHIN_STANDARD, reasons=(NoConclusion(),))
    offers = tuple(changed(o, {"policy": "within_standard"}) for o in run.offers if o.policy == "best")
    rest = tuple(row for row in run.policies if row.policy != "best")
    return replace(run, policies=(best, kept, *rest), offers=(*run.offers, *offers))


def test_with_standards_the_policy_within_them_leads(run):
    assert leading_policy(run).policy == "best"
    known = within_standard(run)
    assert leading_policy(known).policy == "within_standard"
    review = next(table for table in tables_of(known, None) if table.id == "policy")
    assert "within the company's own standard" in review.title
    assert "Below" not in review.title + review.note
    assert leading_policy(replace(run, policies=())) is None


def test_what_falls_below_the_standard_says_so_first(run):
    known = within_standard(run)
    facts = policy_facts(policy_of(known), "guests", SPEECH)
    assert (facts[0].value, facts[0].says) == ("Below the standard", SPEECH.say(BELOW))
    assert policy_facts(leading_policy(known), "guests", SPEECH)[0].value != "Below the standard"
