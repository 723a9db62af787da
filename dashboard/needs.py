"""What each optional table would add to the answers: shown where it is missing."""

from collections.abc import Mapping, Sequence

WHAT_IT_ADDS: dict[str, str] = {
    "interactions": "how fast a person answered, apologies and the other actions, the longest silence",
    "compensations": "what giving more, or giving in another form, gains",
    "orders": "who came back, how soon and how much they spent",
    "comparison_subjects": "the same outcomes for those whom no failure hit",
    "comparison_outcomes": "what became of those whom no failure hit, where it is only kept as a flag or a number",
    "subscriptions": "who stayed and who left, where customers hold a contract",
    "outcomes": "results that are only kept as a flag or a number per incident",
    "customers": "history and tenure of each customer, and customers who never had a failure",
    "customer_links": "one customer behind several identities, and the match rate per channel",
    "word_of_mouth": "promoters, reviews, referrals and posts after an incident",
    "promises": "what a kept and a broken promise do",
    "standards": "whether the company keeps its own plan, and whether the plan works",
    "authority_limits": "whether the front line stays within its limits, and what freedom gains",
    "fixes": "whether a fix stopped the failure from coming back",
    "exposure": "failures as a rate per stay, trip or order",
    "staff_pulse": "whether staff feel free to put things right on the spot",
}


def missing_tables(supplied: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """One line per table that the exports didn't give, as shown."""
    return [
        {"Add this table": table, "to see": gain} for table, gain in WHAT_IT_ADDS.items() if not supplied.get(table)
    ]
