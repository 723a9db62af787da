"""The canonical input tables: what a company's exports are turned into. Times are UTC; grain is stated per table.

Only ``incidents`` is required. A table or column that a profile doesn't supply stays empty (NULL) and switches off
what depends on it; nothing is filled in silently.
"""

from pipelines.contracts.table import Column, Table
from pipelines.contracts.vocabulary import (
    ACTIONS,
    ACTORS,
    COMPENSATION_KINDS,
    DETECTED_BY,
    FAULTS,
    SENTIMENTS,
    WORD_OF_MOUTH_KINDS,
)

INCIDENTS = Table(
    "incidents",
    "One row per customer hit by a failure.",
    (
        Column("incident_id", "id"),
        Column("customer_id", "id", person=True),
        Column("opened_at", "time", required=True),
        Column("occurred_at", "time"),
        Column("detected_by", "label", allowed=DETECTED_BY),
        Column("channel", "label"),
        Column("category", "label"),
        Column("root_cause", "label"),
        Column("severity", "label"),
        Column("loss_amount", "money", minimum=0),
        Column("currency", "label"),
        Column("fault", "label", allowed=FAULTS),
        Column("event_id", "id"),
        Column("site_id", "id"),
        Column("brand", "label"),
        Column("region", "label"),
        Column("segment", "label"),
        Column("loyalty_tier", "label"),
        Column("service_start", "time"),
        Column("service_end", "time"),
        Column("public_complaint", "flag"),
        Column("threatened_to_leave_at", "time"),
        Column("responded_on_time", "flag"),
        # FALSE: the export can't tell whether or when the company answered this one; never "unanswered".
        Column("response_known", "flag"),
        Column("resolved_at", "time"),
        Column("closed_at", "time"),
        Column("reopened_at", "time"),
        Column("fixed_for_customer", "flag"),
        Column("fix_communicated", "flag"),
        Column("company_publicised", "flag"),
        Column("cause_reviewed_at", "time"),
        Column("assignment", "label"),
        Column("cluster_id", "id", person=True),
    ),
    key=("incident_id",),
    required=True,
)

INTERACTIONS = Table(
    "interactions",
    "One row per contact.",
    (
        Column("incident_id", "id", required=True),
        Column("contacted_at", "time", required=True),
        Column("actor", "label", required=True, allowed=ACTORS),
        Column("action", "label", allowed=ACTIONS),
        Column("agent_id", "id", person=True),
        Column("personal", "flag"),
        Column("public", "flag"),
        Column("message", "text"),
    ),
)

COMPENSATIONS = Table(
    "compensations",
    "One row per thing given.",
    (
        Column("incident_id", "id", required=True),
        Column("issued_at", "time"),
        Column("kind", "label", required=True, allowed=COMPENSATION_KINDS),
        Column("face_amount", "money", minimum=0),
        Column("currency", "label"),
        Column("unit_cost", "money", minimum=0),
        Column("redeemed_at", "time"),
        Column("issued_by", "id", person=True),
        Column("issuer_role", "label"),
    ),
)

ORDERS = Table(
    "orders",
    "One row per order: transactional retention.",
    (
        Column("customer_id", "id", required=True, person=True),
        Column("order_id", "id", required=True),
        Column("ordered_at", "time", required=True),
        Column("amount", "money", required=True),
        Column("currency", "label"),
        Column("status", "label"),
        Column("service_date", "time"),
        Column("is_replacement", "flag"),
        Column("voucher_amount", "money", minimum=0),
        # What the order earns before its voucher is taken off.
        Column("margin", "money"),
        Column("site_id", "id"),
        Column("brand", "label"),
    ),
    key=("order_id",),
)

SUBSCRIPTIONS = Table(
    "subscriptions",
    "One row per active spell of a customer: contractual retention.",
    (
        Column("customer_id", "id", required=True, person=True),
        Column("active_from", "time", required=True),
        Column("active_until", "time"),
    ),
)

OUTCOMES = Table(
    "outcomes",
    "One row per incident and outcome that the company holds as a flag or a number.",
    (
        Column("incident_id", "id", required=True),
        Column("outcome", "label", required=True),
        Column("value", "number", required=True),
        Column("followed_until", "time"),
    ),
    key=("incident_id", "outcome"),
)

CUSTOMERS = Table(
    "customers",
    "One row per customer.",
    (
        Column("customer_id", "id", required=True, person=True),
        Column("joined_at", "time"),
        Column("segment", "label"),
        Column("region", "label"),
        Column("loyalty_tier", "label"),
    ),
    key=("customer_id",),
)

CUSTOMER_LINKS = Table(
    "customer_links",
    "One row per identity of a customer in another system.",
    (
        Column("source", "label", required=True),
        Column("source_id", "id", required=True, person=True),
        Column("customer_id", "id", person=True),
    ),
    key=("source", "source_id"),
)

WORD_OF_MOUTH = Table(
    "word_of_mouth",
    "One row per score, review, referral or post.",
    (
        Column("customer_id", "id", person=True),
        Column("incident_id", "id"),
        Column("posted_at", "time", required=True),
        Column("kind", "label", required=True, allowed=WORD_OF_MOUTH_KINDS),
        Column("score", "number"),
        Column("reach", "count", minimum=0),
        Column("sentiment", "label", allowed=SENTIMENTS),
        Column("praises_staff", "flag"),
        Column("has_media", "flag"),
    ),
)

PROMISES = Table(
    "promises",
    "One row per promise made to a customer.",
    (
        Column("incident_id", "id", required=True),
        Column("promised_at", "time", required=True),
        Column("due_at", "time"),
        Column("kept_at", "time"),
    ),
)

STANDARDS = Table(
    "standards",
    "One row per failure type and severity: the company's own recovery plan.",
    (
        Column("category", "label"),
        Column("severity", "label"),
        Column("promised_minutes", "number", minimum=0),
        Column("standard_offer_kind", "label", allowed=COMPENSATION_KINDS),
        Column("standard_offer_share", "number", minimum=0),
        Column("approver", "label"),
    ),
    key=("category", "severity"),
)

AUTHORITY_LIMITS = Table(
    "authority_limits",
    "One row per role (and site): what it may give without asking.",
    (
        Column("role", "label", required=True),
        Column("site_id", "id"),
        Column("limit_amount", "money", required=True, minimum=0),
        Column("currency", "label"),
    ),
)

FIXES = Table(
    "fixes",
    "One row per fix of a root cause.",
    (
        Column("root_cause", "label", required=True),
        Column("fix_deployed_at", "time", required=True),
    ),
)

EXPOSURE = Table(
    "exposure",
    "One row per site and period: what the failures are a rate of.",
    (
        Column("site_id", "id"),
        Column("period_start", "date", required=True),
        Column("units", "number", required=True, minimum=0),
    ),
)

STAFF_PULSE = Table(
    "staff_pulse",
    "One row per site and month: share of staff who say 'I may fix it on the spot'.",
    (
        Column("site_id", "id", required=True),
        Column("month", "date", required=True),
        Column("may_fix_share", "number", required=True, minimum=0, maximum=1),
        Column("n", "count", required=True, minimum=0),
    ),
    key=("site_id", "month"),
)

COMPARISON_SUBJECTS = Table(
    "comparison_subjects",
    "One row per subject whom no failure hit, for exports where orders alone can't say who and when: the moment that "
    "corresponds to an incident's opening. Supplied, it is the never-failed comparison; else it is drawn from orders.",
    (
        Column("customer_id", "id", required=True, person=True),
        Column("index_at", "time", required=True),
        Column("site_id", "id"),
        Column("brand", "label"),
        Column("region", "label"),
        Column("segment", "label"),
        Column("loyalty_tier", "label"),
    ),
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        INCIDENTS, INTERACTIONS, COMPENSATIONS, ORDERS, SUBSCRIPTIONS, OUTCOMES, CUSTOMERS, CUSTOMER_LINKS,
        WORD_OF_MOUTH, PROMISES, STANDARDS, AUTHORITY_LIMITS, FIXES, EXPOSURE, STAFF_PULSE, COMPARISON_SUBJECTS,
    )
}  # fmt: skip

COVARIATE_PREFIX = "x_"
