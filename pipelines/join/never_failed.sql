-- One row per purchase of a customer whom nothing had failed until then (negative ids): the moment to compare from
-- (docs/adr/0005). Incidents arise from purchases, so every purchase counts, not every customer: each one, moved by the
-- usual time from a purchase to an incident, is a candidate. Whoever fails later stays in with what came before the
-- failed purchase, else those who come back, and so run the risk again, would be missing. Within each 30 days
-- candidates queue in an order fixed by a hash, and the first are taken, so many for every incident there was.
WITH lags AS (
    SELECT c.subject_id, c.customer_key, c.opened_s, max(o.anchor_s) AS anchor_s
    FROM cases AS c
    JOIN placed_orders AS o ON o.customer_key = c.customer_key AND o.anchor_s <= c.opened_s
    LEFT JOIN busy_customers AS b ON b.customer_key = c.customer_key
    WHERE o.purchase AND b.customer_key IS NULL
    GROUP BY c.subject_id, c.customer_key, c.opened_s
),
ranked AS (
    SELECT
        opened_s - anchor_s AS lag_s, row_number() OVER (ORDER BY opened_s - anchor_s) AS nth, count(*) OVER () AS lags
    FROM lags CROSS JOIN settings AS s
    WHERE lags.subject_id % s.lag_sample_step = 0
),
usual AS (
    SELECT coalesce(max(lag_s), 0) AS lag_s FROM ranked WHERE nth = (lags + 1) // 2
),
failed AS (
    SELECT c.customer_key, min(c.opened_s) AS opened_s, min(l.anchor_s) AS anchor_s
    FROM cases AS c LEFT JOIN lags AS l ON l.subject_id = c.subject_id
    WHERE c.customer_key IS NOT NULL
    GROUP BY c.customer_key
),
quotas AS (
    SELECT opened_s // 2592000 AS block, count(*) AS incidents FROM cases GROUP BY opened_s // 2592000
),
candidates AS (
    SELECT o.customer_key, o.anchor_s + u.lag_s AS index_s, min(o.site_id) AS site_id, min(o.brand) AS brand
    FROM placed_orders AS o
    CROSS JOIN usual AS u
    CROSS JOIN settings AS s
    LEFT JOIN failed AS f ON f.customer_key = o.customer_key
    WHERE
        o.purchase AND o.anchor_s + u.lag_s < s.cut_s
        AND (f.customer_key IS NULL OR (o.anchor_s < f.anchor_s AND o.anchor_s + u.lag_s < f.opened_s))
    GROUP BY o.customer_key, o.anchor_s + u.lag_s
),
queued AS (
    SELECT
        c.*,
        q.incidents,
        row_number() OVER (
            PARTITION BY q.block
            ORDER BY md5(concat(c.customer_key, ' ', CAST(c.index_s AS VARCHAR))), c.customer_key, c.index_s
        ) AS place
    FROM candidates AS c JOIN quotas AS q ON q.block = c.index_s // 2592000
),
taken AS (
    SELECT t.*, row_number() OVER (PARTITION BY t.customer_key ORDER BY t.place, t.index_s) AS nth
    FROM queued AS t CROSS JOIN settings AS s
    WHERE t.place <= s.moments_per_incident * t.incidents
)
SELECT
    -row_number() OVER (ORDER BY t.customer_key, t.index_s) AS subject_id,
    t.customer_key,
    t.index_s,
    t.site_id,
    t.brand,
    CAST(NULL AS VARCHAR) AS {covariate},
    p.region,
    p.segment,
    p.loyalty_tier
FROM taken AS t
CROSS JOIN settings AS s
LEFT JOIN customers AS p ON p.customer_id = t.customer_key
WHERE t.nth <= s.moments_per_customer
