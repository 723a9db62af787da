-- One row per incident of a named customer: the customer's incidents and apologies strictly before it, along one axis.
-- None where customers were not sampled whole: an earlier incident could be missing from the sample.
WITH apologies AS (
    SELECT DISTINCT c.customer_key, c.subject_id, c.opened_s + greatest(k.seconds, 0) AS s
    FROM contacts AS k JOIN cases AS c ON c.subject_id = k.subject_id
    WHERE k.actor = 'agent' AND k.action = 'apologise' AND c.customer_key IS NOT NULL AND c.opened_s IS NOT NULL
),
axis AS (
    SELECT customer_key, subject_id, opened_s AS s, 1 AS incident, 0 AS apology
    FROM cases
    WHERE customer_key IS NOT NULL AND opened_s IS NOT NULL
    UNION ALL
    SELECT customer_key, CAST(NULL AS BIGINT), s, 0, 1 FROM apologies
),
counted AS (
    SELECT
        subject_id,
        s,
        sum(incident) OVER earlier AS incidents,
        sum(apology) OVER earlier AS apologies,
        max(CASE WHEN incident = 1 THEN s END) OVER earlier AS previous_s
    FROM axis
    WINDOW earlier AS (PARTITION BY customer_key ORDER BY s RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
    n.subject_id,
    CAST(coalesce(n.incidents, 0) AS BIGINT) AS earlier_incidents,
    n.s - n.previous_s AS since_earlier_seconds,
    CASE WHEN o.apologise THEN CAST(coalesce(n.apologies, 0) AS BIGINT) END AS earlier_apologies
FROM counted AS n CROSS JOIN observed AS o CROSS JOIN settings AS e
WHERE n.subject_id IS NOT NULL AND e.repeats_seen
