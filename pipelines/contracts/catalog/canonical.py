"""The canonical input tables: what each is called, and what one row of it is."""

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


class Grain(StrEnum):
    """What one row is, by the table's name."""

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
