-- One row per subject and thing said: by the incident it names, else by the customer who said it.
WITH said AS (
    SELECT
        w.*,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', w.posted_at)) AS posted_s,
        CAST(w.score AS DECIMAL(18, 4)) AS points
    FROM word_of_mouth AS w CROSS JOIN settings AS s
    WHERE w.posted_at < s.cut_at
)
SELECT s.subject_id, w.posted_s - s.at_s AS seconds, w.kind, w.points, w.reach, w.sentiment, w.praises_staff, w.has_media
FROM said AS w JOIN subjects AS s ON s.incident_id = w.incident_id
UNION ALL
SELECT s.subject_id, w.posted_s - s.at_s AS seconds, w.kind, w.points, w.reach, w.sentiment, w.praises_staff, w.has_media
FROM said AS w JOIN subjects AS s ON s.customer_key = w.customer_id
WHERE w.incident_id IS NULL
