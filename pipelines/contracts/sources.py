"""The canonical input tables: what a company's exports are turned into. Times are UTC; grain is stated per table.

Only ``incidents`` is required. A table or column that a profile doesn't supply stays empty (NULL) and switches off
what depends on it; nothing is filled in silently.
"""

from pipelines.contracts.canonical import Canonical, CanonicalTable, Table, column
from pipelines.contracts.catalog.vocabulary import Action, Actor, AtFault, DetectedBy, OneKind, Sentiment, Voice


class Incidents(Canonical, table=CanonicalTable.INCIDENTS):
    """One row per customer hit by a failure."""

    incident_id = column("id")
    customer_id = column("id", person=True)
    opened_at = column("time", required=True)
    occurred_at = column("time")
    detected_by = column("label", allowed=DetectedBy)
    channel = column("label")
    category = column("label")
    root_cause = column("label")
    severity = column("label")
    loss_amount = column("money", minimum=0)
    currency = column("label")
    fault = column("label", allowed=AtFault)
    event_id = column("id")
    site_id = column("id")
    brand = column("label")
    region = column("label")
    segment = column("label")
    loyalty_tier = column("label")
    service_start = column("time")
    service_end = column("time")
    public_complaint = column("flag")
    threatened_to_leave_at = column("time")
    responded_on_time = column("flag")
    # FALSE: the export can't tell whether or when the company answered this one; never "unanswered".
    response_known = column("flag")
    resolved_at = column("time")
    closed_at = column("time")
    reopened_at = column("time")
    fixed_for_customer = column("flag")
    fix_communicated = column("flag")
    company_publicised = column("flag")
    cause_reviewed_at = column("time")
    assignment = column("label")
    cluster_id = column("id", person=True)

    KEY = (incident_id,)


class Interactions(Canonical, table=CanonicalTable.INTERACTIONS):
    """One row per contact."""

    incident_id = column("id", required=True)
    contacted_at = column("time", required=True)
    actor = column("label", required=True, allowed=Actor)
    action = column("label", allowed=Action)
    agent_id = column("id", person=True)
    personal = column("flag")
    public = column("flag")
    message = column("text")


class Compensations(Canonical, table=CanonicalTable.COMPENSATIONS):
    """One row per thing given."""

    incident_id = column("id", required=True)
    issued_at = column("time")
    kind = column("label", required=True, allowed=OneKind)
    face_amount = column("money", minimum=0)
    currency = column("label")
    unit_cost = column("money", minimum=0)
    redeemed_at = column("time")
    issued_by = column("id", person=True)
    issuer_role = column("label")


class Orders(Canonical, table=CanonicalTable.ORDERS):
    """One row per order: transactional retention."""

    customer_id = column("id", required=True, person=True)
    order_id = column("id", required=True)
    ordered_at = column("time", required=True)
    amount = column("money", required=True)
    currency = column("label")
    status = column("label")
    service_date = column("time")
    is_replacement = column("flag")
    voucher_amount = column("money", minimum=0)
    # What the order earns before its voucher is taken off.
    margin = column("money")
    site_id = column("id")
    brand = column("label")

    KEY = (order_id,)


class Subscriptions(Canonical, table=CanonicalTable.SUBSCRIPTIONS):
    """One row per active spell of a customer: contractual retention."""

    customer_id = column("id", required=True, person=True)
    active_from = column("time", required=True)
    active_until = column("time")


class Outcomes(Canonical, table=CanonicalTable.OUTCOMES):
    """One row per incident and outcome that the company holds as a flag or a number."""

    incident_id = column("id", required=True)
    outcome = column("label", required=True)
    value = column("number", required=True)
    followed_until = column("time")

    KEY = (
        incident_id,
        outcome,
    )


class Customers(Canonical, table=CanonicalTable.CUSTOMERS):
    """One row per customer."""

    customer_id = column("id", required=True, person=True)
    joined_at = column("time")
    segment = column("label")
    region = column("label")
    loyalty_tier = column("label")

    KEY = (customer_id,)


class CustomerLinks(Canonical, table=CanonicalTable.CUSTOMER_LINKS):
    """One row per identity of a customer in another system."""

    source = column("label", required=True)
    source_id = column("id", required=True, person=True)
    customer_id = column("id", person=True)

    KEY = (
        source,
        source_id,
    )


class WordOfMouth(Canonical, table=CanonicalTable.WORD_OF_MOUTH):
    """One row per score, review, referral or post."""

    customer_id = column("id", person=True)
    incident_id = column("id")
    posted_at = column("time", required=True)
    kind = column("label", required=True, allowed=Voice)
    score = column("number")
    reach = column("count", minimum=0)
    sentiment = column("label", allowed=Sentiment)
    praises_staff = column("flag")
    has_media = column("flag")


class Promises(Canonical, table=CanonicalTable.PROMISES):
    """One row per promise made to a customer."""

    incident_id = column("id", required=True)
    promised_at = column("time", required=True)
    due_at = column("time")
    kept_at = column("time")


class Standards(Canonical, table=CanonicalTable.STANDARDS):
    """One row per failure type and severity: the company's own recovery plan."""

    category = column("label")
    severity = column("label")
    promised_minutes = column("number", minimum=0)
    standard_offer_kind = column("label", allowed=OneKind)
    standard_offer_share = column("number", minimum=0)
    approver = column("label")

    KEY = (
        category,
        severity,
    )


class AuthorityLimits(Canonical, table=CanonicalTable.AUTHORITY_LIMITS):
    """One row per role (and site): what it may give without asking."""

    role = column("label", required=True)
    site_id = column("id")
    limit_amount = column("money", required=True, minimum=0)
    currency = column("label")


class Fixes(Canonical, table=CanonicalTable.FIXES):
    """One row per fix of a root cause."""

    root_cause = column("label", required=True)
    fix_deployed_at = column("time", required=True)


class Exposure(Canonical, table=CanonicalTable.EXPOSURE):
    """One row per site and period: what the failures are a rate of."""

    site_id = column("id")
    period_start = column("date", required=True)
    units = column("number", required=True, minimum=0)


class StaffPulse(Canonical, table=CanonicalTable.STAFF_PULSE):
    """One row per site and month: share of staff who say 'I may fix it on the spot'."""

    site_id = column("id", required=True)
    month = column("date", required=True)
    may_fix_share = column("number", required=True, minimum=0, maximum=1)
    n = column("count", required=True, minimum=0)

    KEY = (
        site_id,
        month,
    )


class ComparisonSubjects(Canonical, table=CanonicalTable.COMPARISON_SUBJECTS):
    """One row per subject whom no failure hit: the moment that corresponds to an incident's opening.

    For exports where orders alone can't say who and when. Supplied, it is the never-failed comparison; else it is
    drawn from orders.
    """

    customer_id = column("id", required=True, person=True)
    index_at = column("time", required=True)
    site_id = column("id")
    brand = column("label")
    region = column("label")
    segment = column("label")
    loyalty_tier = column("label")


class ComparisonOutcomes(Canonical, table=CanonicalTable.COMPARISON_OUTCOMES):
    """One row per subject of the comparison and outcome that the company holds as a flag or a number."""

    customer_id = column("id", required=True, person=True)
    outcome = column("label", required=True)
    value = column("number", required=True)
    followed_until = column("time")

    KEY = (
        customer_id,
        outcome,
    )


CANONICAL: tuple[type[Canonical], ...] = (
    Incidents,
    Interactions,
    Compensations,
    Orders,
    Subscriptions,
    Outcomes,
    Customers,
    CustomerLinks,
    WordOfMouth,
    Promises,
    Standards,
    AuthorityLimits,
    Fixes,
    Exposure,
    StaffPulse,
    ComparisonSubjects,
    ComparisonOutcomes,
)
TABLES: dict[str, Table] = {canonical.TABLE.name: canonical.TABLE for canonical in CANONICAL}
