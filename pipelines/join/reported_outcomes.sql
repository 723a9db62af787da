-- One row per incident, and per subject of a declared comparison, with any outcome that the company holds itself: its value and the days it was followed. Yes by
-- day d holds for every longer horizon, no by day d for every shorter one; the rest stays unknown.
WITH reported AS (
    SELECT
        c.subject_id,
        o.outcome,
        o.value,
        date_diff('second', c.opened_second, date_trunc('second', o.followed_until)) // 86400 AS days
    FROM outcomes AS o
    JOIN cases AS c ON c.incident_id = o.incident_id
    UNION ALL
    SELECT
        n.subject_id,
        o.outcome,
        o.value,
        (date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', o.followed_until)) - n.index_s) // 86400 AS days
    FROM comparison_outcomes AS o
    JOIN never_failed AS n ON n.customer_key = o.customer_id
),
pivoted AS (
    SELECT
        subject_id,
        max(value) FILTER (WHERE outcome = '{reported}') AS value_{reported},
        max(days) FILTER (WHERE outcome = '{reported}') AS days_{reported},
        count(*) AS outcomes
    FROM reported
    GROUP BY subject_id
)
SELECT
    subject_id,
    {reported_column},
    outcomes
FROM pivoted
