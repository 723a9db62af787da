-- One row per role and site: the largest amount it may give without asking; no site means everywhere.
SELECT role, coalesce(site_id, '') AS site_id, max(limit_amount) AS limit_amount
FROM authority_limits
GROUP BY role, coalesce(site_id, '')
