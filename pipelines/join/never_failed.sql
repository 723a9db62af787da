-- One row per customer without any failure (negative ids): the moment to compare from (docs/adr/0005). Each of their
-- purchases, moved by the usual time from a purchase to an incident, is a candidate; within each 30 days candidates
-- queue in an order fixed by a hash, and every customer takes the one nearest the front for the incidents there were.
WITH failed AS (
    SELECT DISTINCT customer_key FROM cases WHERE customer_key IS NOT NULL
),
lags AS (
    SELECT c.subject_id, c.opened_s - max(o.anchor_s) AS lag_s
    FROM cases AS c
    JOIN placed_orders AS o ON o.customer_key = c.customer_key AND o.anchor_s <= c.opened_s
    LEFT JOIN busy_customers AS b ON b.customer_key = c.customer_key
    CROSS JOIN settings AS s
    WHERE o.purchase AND b.customer_key IS NULL AND c.subject_id % s.lag_sample_step = 0
    GROUP BY c.subject_id, c.opened_s
),
ranked AS (
    SELECT lag_s, row_number() OVER (ORDER BY lag_s) AS nth, count(*) OVER () AS lags FROM lags
),
usual AS (
    SELECT coalesce(max(lag_s), 0) AS lag_s FROM ranked WHERE nth = (lags + 1) // 2
),
quotas AS (
    SELECT opened_s // 2592000 AS block, count(*) AS incidents FROM cases GROUP BY opened_s // 2592000
),
candidates AS (
    SELECT o.customer_key, o.anchor_s + u.lag_s AS index_s
    FROM placed_orders AS o
    CROSS JOIN usual AS u
    CROSS JOIN settings AS s
    LEFT JOIN failed AS f ON f.customer_key = o.customer_key
    WHERE f.customer_key IS NULL AND o.purchase AND o.anchor_s + u.lag_s < s.cut_s
),
queued AS (
    SELECT
        c.customer_key,
        c.index_s,
        CAST(row_number() OVER (
            PARTITION BY q.block
            ORDER BY md5(concat(c.customer_key, ' ', CAST(c.index_s AS VARCHAR))), c.customer_key, c.index_s
        ) AS DOUBLE) / CAST(q.incidents AS DOUBLE) AS place
    FROM candidates AS c JOIN quotas AS q ON q.block = c.index_s // 2592000
),
chosen AS (
    SELECT customer_key, index_s, row_number() OVER (PARTITION BY customer_key ORDER BY place, index_s) AS nth
    FROM queued
)
SELECT
    -row_number() OVER (ORDER BY c.customer_key) AS subject_id,
    c.customer_key,
    c.index_s,
    CAST(NULL AS VARCHAR) AS site_id,
    CAST(NULL AS VARCHAR) AS brand,
    p.region,
    p.segment,
    p.loyalty_tier
FROM chosen AS c LEFT JOIN customers AS p ON p.customer_id = c.customer_key
WHERE c.nth = 1
