-- One row per incident with a later score and full follow-up to the longest horizon: was the bond restored? The later
-- score reaches the customer's own earlier one (else the never-failed peers' mean), and there is a new purchase.
SELECT
    c.subject_id,
    CAST(t.later_score AS DOUBLE) >= coalesce(CAST(e.earlier_score AS DOUBLE), p.mean_score)
        AND coalesce(r.return_seconds <= s.longest_horizon_seconds, FALSE) AS restored
FROM cases AS c
JOIN stories AS t ON t.subject_id = c.subject_id
JOIN returns AS r ON r.subject_id = c.subject_id
LEFT JOIN earlier_scores AS e ON e.subject_id = c.subject_id
LEFT JOIN peers AS p ON TRUE
CROSS JOIN settings AS s
WHERE t.later_score IS NOT NULL AND r.on_file AND c.age_seconds > s.longest_horizon_seconds
    AND coalesce(CAST(e.earlier_score AS DOUBLE), p.mean_score) IS NOT NULL
