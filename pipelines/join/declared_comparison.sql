-- One row per customer and moment that the profile declares for the comparison; a snapshot has no moments. It takes the
-- place of never_failed.sql.
WITH declared AS (
    SELECT
        d.*,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', d.index_at)) AS index_s
    FROM comparison_subjects AS d CROSS JOIN settings AS s
    WHERE d.index_at IS NULL OR d.index_at < s.cut_at
),
ranked AS (
    SELECT
        d.*,
        row_number() OVER (
            PARTITION BY d.customer_id, d.index_s ORDER BY d.site_id, d.brand, d.region, d.segment, d.loyalty_tier
        ) AS nth
    FROM declared AS d
)
SELECT
    -row_number() OVER (ORDER BY customer_id, index_s) AS subject_id,
    customer_id AS customer_key,
    index_s,
    site_id,
    brand,
    region,
    segment,
    {covariate},
    loyalty_tier
FROM ranked
WHERE nth = 1
