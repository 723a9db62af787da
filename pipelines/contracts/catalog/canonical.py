"""The canonical input tables by name; what one row of each is, is their label."""

from enum import StrEnum


class CanonicalTable(StrEnum):
    """Every table that a profile may supply. Only ``incidents`` is needed."""

    INCIDENTS = "incidents"
    INTERACTIONS = "interactions"
    COMPENSATIONS = "compensations"
    ORDERS = "orders"
    SUBSCRIPTIONS = "subscriptions"
    OUTCOMES = "outcomes"
    CUSTOMERS = "customers"
    CUSTOMER_LINKS = "customer_links"
    WORD_OF_MOUTH = "word_of_mouth"
    PROMISES = "promises"
    STANDARDS = "standards"
    AUTHORITY_LIMITS = "authority_limits"
    FIXES = "fixes"
    EXPOSURE = "exposure"
    STAFF_PULSE = "staff_pulse"
    COMPARISON_SUBJECTS = "comparison_subjects"
