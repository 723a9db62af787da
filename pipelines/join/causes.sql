-- One row per root cause: when its first fix was deployed.
SELECT f.root_cause, min(f.fix_deployed_at) AS fixed_at
FROM fixes AS f CROSS JOIN settings AS s
WHERE f.fix_deployed_at < s.cut_at
GROUP BY f.root_cause
