-- One row per subject: the customer's last score before the moment, in the one kind the export mostly asks for
-- (nps, else csat), so that scores are never compared across scales. Along one axis, for customers with very many.
WITH given AS (
    SELECT coalesce(w.customer_key, c.customer_key) AS customer_key, w.posted_s AS s, min(w.points) AS points
    FROM said AS w
    CROSS JOIN observed AS o
    LEFT JOIN cases AS c ON c.incident_id = w.incident_id
    WHERE w.kind = o.score_kind AND w.points IS NOT NULL
    GROUP BY coalesce(w.customer_key, c.customer_key), w.posted_s
),
axis AS (
    SELECT customer_key, at_s AS s, subject_id FROM subjects WHERE customer_key IS NOT NULL AND at_s IS NOT NULL
    UNION ALL
    SELECT customer_key, s, NULL FROM given WHERE customer_key IS NOT NULL
),
looked_back AS (
    SELECT
        subject_id,
        customer_key,
        max(CASE WHEN subject_id IS NULL THEN s END) OVER (
            PARTITION BY customer_key ORDER BY s RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS last_s
    FROM axis
)
SELECT l.subject_id, g.points AS earlier_score
FROM looked_back AS l JOIN given AS g ON g.customer_key = l.customer_key AND g.s = l.last_s
WHERE l.subject_id IS NOT NULL
