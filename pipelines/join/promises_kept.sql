-- One row per incident: promises made, whether every promise due by the data cut was kept by its due time, and when
-- that was settled: the due time of the first one broken, else of the last one.
WITH counted AS (
    SELECT
        p.incident_id,
        count(*) AS made,
        count(*) FILTER (WHERE p.due_at < s.cut_at) AS due,
        count(*) FILTER (WHERE p.due_at < s.cut_at AND p.kept_at <= p.due_at) AS kept,
        coalesce(
            min(p.due_at) FILTER (WHERE p.due_at < s.cut_at AND NOT coalesce(p.kept_at <= p.due_at, FALSE)),
            max(p.due_at) FILTER (WHERE p.due_at < s.cut_at)
        ) AS settled_at
    FROM promises AS p CROSS JOIN settings AS s
    WHERE p.promised_at < s.cut_at
    GROUP BY p.incident_id
)
SELECT
    c.subject_id,
    CASE WHEN u.promises THEN coalesce(p.made, 0) END AS promises_made,
    CASE WHEN u.promises_kept_at AND p.due > 0 THEN p.kept = p.due END AS commitment_kept,
    CASE WHEN u.promises_kept_at THEN p.settled_at END AS promise_due_at
FROM cases AS c
LEFT JOIN counted AS p ON p.incident_id = c.incident_id
CROSS JOIN supplied AS u
