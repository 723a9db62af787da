-- One row per subject: the customer's last score before the moment, in the one kind the export mostly asks for
-- (nps, else csat), so that scores are never compared across scales.
WITH given AS (
    SELECT
        coalesce(w.customer_id, c.customer_key) AS customer_key,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', w.posted_at)) AS posted_s,
        CAST(w.score AS DECIMAL(18, 4)) AS points
    FROM word_of_mouth AS w
    CROSS JOIN observed AS o
    LEFT JOIN cases AS c ON c.incident_id = w.incident_id
    WHERE w.kind = o.score_kind AND w.score IS NOT NULL
),
ranked AS (
    SELECT
        s.subject_id,
        g.points,
        row_number() OVER (PARTITION BY s.subject_id ORDER BY g.posted_s DESC, g.points) AS nth
    FROM subjects AS s
    JOIN given AS g ON g.customer_key = s.customer_key AND g.posted_s < s.at_s
)
SELECT subject_id, points AS earlier_score
FROM ranked
WHERE nth = 1
