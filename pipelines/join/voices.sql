-- One row per subject and thing said: by the incident it names, else by the customer who said it. Of what a busy
-- customer said without naming one, only first scores stand here, not to be counted: busy_voices.sql counts.
WITH firsts AS (
    SELECT subject_id, customer_key, at_s, 'nps' AS kind, first_nps_s AS posted_s FROM busy_voices
    UNION ALL
    SELECT subject_id, customer_key, at_s, 'csat', first_csat_s FROM busy_voices
    UNION ALL
    SELECT subject_id, customer_key, at_s, 'review', first_review_s FROM busy_voices
)
SELECT
    s.subject_id, w.posted_s - s.at_s AS seconds, w.kind, w.points, w.reach, w.negative, w.positive, w.praise, w.shown,
    TRUE AS counts
FROM said AS w JOIN subjects AS s ON s.incident_id = w.incident_id
UNION ALL
SELECT
    s.subject_id, w.posted_s - s.at_s AS seconds, w.kind, w.points, w.reach, w.negative, w.positive, w.praise, w.shown,
    TRUE AS counts
FROM said AS w
JOIN subjects AS s ON s.customer_key = w.customer_key
LEFT JOIN busy_customers AS b ON b.customer_key = w.customer_key
WHERE w.incident_id IS NULL AND b.customer_key IS NULL
UNION ALL
SELECT
    f.subject_id, f.posted_s - f.at_s AS seconds, f.kind, min(w.points) AS points, NULL AS reach, FALSE AS negative,
    FALSE AS positive, FALSE AS praise, FALSE AS shown, FALSE AS counts
FROM firsts AS f
JOIN (
    SELECT customer_key, kind, posted_s, min(points) AS points
    FROM said
    WHERE incident_id IS NULL AND points IS NOT NULL
    GROUP BY customer_key, kind, posted_s
) AS w ON w.customer_key = f.customer_key AND w.kind = f.kind AND w.posted_s = f.posted_s
GROUP BY f.subject_id, f.posted_s - f.at_s, f.kind
