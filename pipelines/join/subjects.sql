-- One row per incident and per never-failed customer (negative ids): who is followed from when. What follows is
-- defined once, for both.
SELECT subject_id, incident_id, customer_key, opened_s AS at_s, age_seconds
FROM cases
UNION ALL
SELECT
    n.subject_id,
    CAST(NULL AS VARCHAR) AS incident_id,
    n.customer_key,
    n.index_s AS at_s,
    s.cut_s - n.index_s AS age_seconds
FROM never_failed AS n CROSS JOIN settings AS s
