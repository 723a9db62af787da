-- One row per subject of whom something couldn't be read: what it would have told of. What may have happened is unknown
-- then, and what is known to have happened stays.
WITH told AS (
    SELECT c.subject_id, d.about FROM doubts AS d JOIN subjects AS c ON c.incident_id = d.incident_id
    UNION ALL
    SELECT c.subject_id, d.about FROM doubts AS d JOIN subjects AS c ON c.customer_key = d.customer_id
)
SELECT
    subject_id,
    bool_or(about = 'interactions') AS interactions,
    bool_or(about = 'orders') AS orders,
    bool_or(about = 'subscriptions') AS subscriptions,
    bool_or(about = 'compensations') AS compensations,
    bool_or(about = 'promises') AS promises,
    bool_or(about = 'word_of_mouth') AS word_of_mouth,
    bool_or(about IN ('incidents.closed_at', 'incidents.resolved_at')) AS ends,
    bool_or(about = 'incidents.reopened_at') AS reopening,
    bool_or(about = 'incidents.threatened_to_leave_at') AS threat,
    bool_or(about = 'incidents.cause_reviewed_at') AS cause_review,
    bool_or(about = 'incidents.event_id') AS event,
    bool_or(about = 'compensations.redeemed_at') AS redemption,
    bool_or(about IN ('promises.due_at', 'promises.kept_at')) AS promise_dates
FROM told
GROUP BY subject_id
