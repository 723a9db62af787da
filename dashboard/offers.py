"""Who gets what under each budget, and what that was worth on cases not used to choose it."""

from dashboard.cells import NOTHING, Fact, cases, share_or_nothing
from dashboard.speech import speech_of
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.messages.plans import NotValued
from pipelines.contracts.tables.policy import Offer, Policy
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.policies import next_return_sentence, not_proposed, offer_phrase, standard_caution, whom
from words.speech import Speech

PROPOSED, TRIED = "Proposed", "Would be given"
UNUSED = "on cases that had no part in choosing"


def leading_policy(run: Run) -> Policy | None:
    """The policy a run leads with: within the company's own standard where that is known, else what pays back."""
    within = policy_of(run, Plan.WITHIN_STANDARD)
    return policy_of(run) if within is None else within


def policy_of(run: Run, plan: Plan = Plan.BEST) -> Policy | None:
    """The row of one policy; None where the run holds none."""
    return next((r for r in run.policies if r.policy is plan), None)


def budgets(run: Run) -> tuple[Policy, ...]:
    """The policies under a budget, the smallest budget first."""
    rows = [r for r in run.policies if r.budget_ratio is not None and r.value is not None]
    return tuple(sorted(rows, key=lambda r: told(r.budget_ratio)))


def budget_label(row: Policy, speech: Speech) -> str:
    """``€ 37 (as today)``, ``€ 56 (1.5 × today)``: what may be spent per incident."""
    times = speech.number(told(row.budget_ratio))
    ratio = "as today" if row.budget_ratio == 1 else f"{times} × today"
    return f"{speech.money(told(row.budget))} ({ratio})"


def policy_facts(row: Policy, who: str, speech: Speech) -> list[Fact]:
    """What a policy comes to against today, each with its interval: money, customers, and what the next 1 returns.

    Where it gives less than the company's own standard, that is said before any figure.
    """
    if not row.changed_share:
        within = "" if row.budget_ratio is None else " within this budget"
        return [Fact("Nothing better than today", f"was found{within}, {UNUSED}", row)]
    size, clear = told(row.gain), row.verdict is Verdict.PUBLISHED
    returns = clear and not told(row.gain_low) <= 0 <= told(row.gain_high)
    gain = f"{speech.decimal(abs(size), 1)} {'more' if size >= 0 else 'fewer'} {who} back per 100"
    below = standard_caution(row, speech)
    found = [Fact("Below the standard", below, row)] if below else []
    if row.grade is Grade.D:
        return [*found, Fact("No conclusion", f"on money and on {who} back, {UNUSED}, grade D", row)]
    found += [
        Fact(
            f"{speech.money(told(row.value))} per incident" if clear else _withheld(row),
            f"net of what is given, {UNUSED} ({_span(row, speech)}), grade {row.grade}",
            row,
        ),
        Fact(gain if returns else "Returns not clear", _gain_says(row, who, speech), row),
    ]
    if said := next_return_sentence(row, speech):
        found.append(Fact(f"The next {speech.money(1, whole=True)}", said, row))
    return found


def _withheld(row: Policy) -> str:
    """Why a gain isn't set large: its own interval, or its turn among all plans asked."""
    return "Gain not clear" if told(row.value_low) <= 0 else "Gain clear only by itself"


def _gain_says(row: Policy, who: str, speech: Speech) -> str:
    return (
        f"{who} back per 100 against today: {speech.decimal(told(row.gain), 1)} "
        f"({speech.span(told(row.gain_low), told(row.gain_high), 1)})"
    )


def _span(row: Policy | Offer, speech: Speech) -> str:
    return speech.money_span(told(row.value_low), told(row.value_high))


def offer_table(run: Run, policy: Plan) -> list[dict[str, str]]:
    """One line per segment, as shown, the mildest failures first: today, standard, proposal, what it is worth."""
    speech = speech_of(run)
    given = offer_column(run, policy)
    rows = sorted((r for r in run.offers if r.policy is policy), key=lambda r: (r.severity_rank or 0, r.service or ""))
    return [
        {
            "Who": speech.capital(whom(r, speech)),
            "Today": share_or_nothing(r.share_today, speech),
            "Standard": share_or_nothing(r.share_standard, speech),
            given: offer_phrase(r, speech),
            "Worth per incident": _worth(r, speech),
            "Cases": cases(r.n, speech),
            **({"Note": _caution(r, speech)} if any(_caution(other, speech) for other in rows) else {}),
        }
        for r in rows
    ]


def offer_column(run: Run, policy: Plan) -> str:
    """What the column of offers is called: only offers of a published policy are proposed."""
    return TRIED if unproposed_note(run, policy) else PROPOSED


def unproposed_note(run: Run, policy: Plan) -> str:
    """That a policy's offers aren't proposed, and why, or ""."""
    row = policy_of(run, policy)
    return "" if row is None else not_proposed(row, speech_of(run))


def unvalued_note(run: Run, policy: Plan) -> str:
    """Why some lines of the table say "not valued", or ""."""
    return speech_of(run).say(NotValued()) if any(_not_valued(r) for r in run.offers if r.policy is policy) else ""


def _not_valued(row: Offer) -> bool:
    return any(isinstance(reason, NotValued) for reason in row.reasons)


def _caution(row: Offer, speech: Speech) -> str:
    """What to mind of one line beyond that it isn't valued, which its worth says."""
    return speech.all(reason for reason in row.reasons if not isinstance(reason, NotValued))


def _worth(row: Offer, speech: Speech) -> str:
    """Against today; where nothing is proposed there is nothing to be worth."""
    if _not_valued(row):
        return "not valued"
    if row.share is None or row.value is None:
        return NOTHING
    return f"{speech.money(row.value)} ({_span(row, speech)})"
