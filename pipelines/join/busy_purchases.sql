-- One row per subject of a busy customer: the columns of usual_purchases.sql. Running sums along one axis of seconds,
-- read at marks of each subject, instead of pairs: what lies between two marks is the difference of the sums there. A
-- booking is held at s when it was placed before s and is used after s.
WITH marked AS (
    SELECT s.subject_id, s.customer_key, s.at_s
    FROM subjects AS s JOIN busy_customers AS b ON b.customer_key = s.customer_key
    WHERE s.at_s IS NOT NULL
),
bought AS (
    SELECT o.* FROM placed_orders AS o JOIN busy_customers AS b ON b.customer_key = o.customer_key
),
marks AS (
    SELECT customer_key, subject_id, at_s - 31536001 AS s, 'year_before' AS mark FROM marked
    UNION ALL
    SELECT customer_key, subject_id, at_s - 1, 'before' FROM marked
    UNION ALL
    SELECT customer_key, subject_id, at_s, 'now' FROM marked
    UNION ALL
    SELECT customer_key, subject_id, at_s + 1, 'next' FROM marked
    UNION ALL SELECT customer_key, subject_id, at_s + {h} * 86400, 'day_{h}' FROM marked
),
axis AS (
    SELECT
        customer_key, ordered_s AS s, CAST(NULL AS BIGINT) AS subject_id, CAST(NULL AS VARCHAR) AS mark,
        TRUE AS placed, purchase, own_purchase, amount, net_amount, net_margin,
        CASE WHEN booking THEN 1 ELSE 0 END AS booked,
        CASE WHEN settled_booking THEN 1 ELSE 0 END AS booked_settled,
        CASE WHEN cancelled_booking THEN 1 ELSE 0 END AS booked_cancelled,
        0 AS used, 0 AS used_settled, 0 AS used_cancelled
    FROM bought
    UNION ALL
    SELECT
        customer_key, service_s, NULL, NULL, FALSE, FALSE, FALSE, NULL, NULL, NULL, 0, 0, 0,
        1, CASE WHEN settled_booking THEN 1 ELSE 0 END, CASE WHEN cancelled_booking THEN 1 ELSE 0 END
    FROM bought
    WHERE booking
    UNION ALL
    SELECT customer_key, s, subject_id, mark, FALSE, FALSE, FALSE, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0 FROM marks
),
swept AS (
    SELECT
        subject_id,
        mark,
        count(CASE WHEN purchase THEN s END) OVER so_far AS purchases,
        count(CASE WHEN placed THEN s END) OVER so_far AS orders,
        coalesce(sum(CASE WHEN purchase THEN amount END) OVER so_far, 0) AS spend,
        coalesce(sum(CASE WHEN purchase THEN net_amount END) OVER so_far, 0) AS net,
        coalesce(sum(CASE WHEN purchase THEN net_margin END) OVER so_far, 0) AS margin,
        count(CASE WHEN purchase AND net_margin IS NULL THEN s END) OVER so_far AS unearned,
        sum(booked) OVER so_far AS booked,
        sum(booked_settled) OVER so_far AS booked_settled,
        sum(booked_cancelled) OVER so_far AS booked_cancelled,
        sum(used) OVER so_far AS used,
        sum(used_settled) OVER so_far AS used_settled,
        sum(used_cancelled) OVER so_far AS used_cancelled,
        min(CASE WHEN purchase THEN s END) OVER so_far AS first_order_s,
        min(CASE WHEN purchase THEN s END) OVER from_here AS return_s,
        min(CASE WHEN own_purchase THEN s END) OVER from_here AS own_return_s
    FROM axis
    WINDOW
        so_far AS (PARTITION BY customer_key ORDER BY s RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        from_here AS (PARTITION BY customer_key ORDER BY s DESC RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
    subject_id,
    CAST(sum(CASE mark WHEN 'before' THEN purchases WHEN 'year_before' THEN -purchases END) AS BIGINT) AS orders_365d,
    sum(CASE mark WHEN 'before' THEN spend WHEN 'year_before' THEN -spend END) AS earlier_spend_365d,
    min(CASE WHEN mark = 'before' THEN first_order_s END) AS first_order_s,
    max(CASE WHEN mark = 'now' THEN orders END) AS orders_by_then,
    min(CASE WHEN mark = 'next' THEN return_s END) AS return_s,
    min(CASE WHEN mark = 'next' THEN own_return_s END) AS own_return_s,
    CAST(sum(CASE mark WHEN 'before' THEN booked WHEN 'now' THEN -used END) AS BIGINT) AS held,
    CAST(sum(CASE mark WHEN 'before' THEN booked_settled WHEN 'now' THEN -used_settled END) AS BIGINT) AS held_settled,
    sum(CASE mark WHEN 'day_{h}' THEN spend WHEN 'now' THEN -spend END) AS spend_{h}d,
    sum(CASE mark WHEN 'day_{h}' THEN net WHEN 'now' THEN -net END) AS net_{h}d,
    sum(CASE mark WHEN 'day_{h}' THEN margin WHEN 'now' THEN -margin END) AS margin_{h}d,
    CAST(sum(CASE mark WHEN 'day_{h}' THEN unearned WHEN 'now' THEN -unearned END) AS BIGINT) AS unearned_{h}d,
    CAST(sum(CASE mark WHEN 'before' THEN booked_cancelled WHEN 'now' THEN -used_cancelled END) AS BIGINT)
        AS held_cancelled
FROM swept
WHERE subject_id IS NOT NULL
GROUP BY subject_id
