-- One row per subject of a busy customer with any order: the columns of usual_purchases.sql, from windows along one
-- axis of seconds instead of pairs. A booking is held at s when it was placed before s and is used after s.
WITH axis AS (
    SELECT
        s.customer_key, s.at_s AS s, s.subject_id, FALSE AS placed, FALSE AS purchase, FALSE AS own_purchase,
        CAST(0 AS DECIMAL(18, 4)) AS amount, CAST(0 AS DECIMAL(18, 4)) AS net_amount,
        CAST(0 AS DECIMAL(18, 4)) AS net_margin,
        0 AS booked, 0 AS booked_settled, 0 AS booked_cancelled, 0 AS used, 0 AS used_settled, 0 AS used_cancelled
    FROM subjects AS s JOIN busy_customers AS b ON b.customer_key = s.customer_key
    UNION ALL
    SELECT
        o.customer_key, o.ordered_s, NULL, TRUE, o.purchase, o.own_purchase,
        o.amount, o.net_amount, o.net_margin,
        CASE WHEN o.booking THEN 1 ELSE 0 END, CASE WHEN o.settled_booking THEN 1 ELSE 0 END,
        CASE WHEN o.cancelled_booking THEN 1 ELSE 0 END, 0, 0, 0
    FROM placed_orders AS o JOIN busy_customers AS b ON b.customer_key = o.customer_key
    UNION ALL
    SELECT
        o.customer_key, o.service_s, NULL, FALSE, FALSE, FALSE,
        CAST(0 AS DECIMAL(18, 4)), CAST(0 AS DECIMAL(18, 4)), CAST(0 AS DECIMAL(18, 4)), 0, 0, 0,
        1, CASE WHEN o.settled_booking THEN 1 ELSE 0 END, CASE WHEN o.cancelled_booking THEN 1 ELSE 0 END
    FROM placed_orders AS o JOIN busy_customers AS b ON b.customer_key = o.customer_key
    WHERE o.booking
),
swept AS (
    SELECT
        subject_id,
        count(CASE WHEN purchase THEN s END) OVER year_before AS orders_365d,
        sum(CASE WHEN purchase THEN amount END) OVER year_before AS earlier_spend_365d,
        min(CASE WHEN purchase THEN s END) OVER before AS first_order_s,
        count(CASE WHEN placed THEN s END) OVER by_then AS orders_by_then,
        min(CASE WHEN purchase THEN s END) OVER after AS return_s,
        min(CASE WHEN own_purchase THEN s END) OVER after AS own_return_s,
        sum(booked) OVER before - sum(used) OVER by_then AS held,
        sum(booked_settled) OVER before - sum(used_settled) OVER by_then AS held_settled,
        sum(CASE WHEN purchase THEN amount END) OVER next_{h}d AS spend_{h}d,
        sum(CASE WHEN purchase THEN net_amount END) OVER next_{h}d AS net_{h}d,
        sum(CASE WHEN purchase THEN net_margin END) OVER next_{h}d AS margin_{h}d,
        count(CASE WHEN purchase AND net_margin IS NULL THEN s END) OVER next_{h}d AS unearned_{h}d,
        sum(booked_cancelled) OVER before - sum(used_cancelled) OVER by_then AS held_cancelled
    FROM axis
    WINDOW
        before AS (PARTITION BY customer_key ORDER BY s RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
        by_then AS (PARTITION BY customer_key ORDER BY s RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        after AS (PARTITION BY customer_key ORDER BY s RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
        next_{h}d AS (PARTITION BY customer_key ORDER BY s RANGE BETWEEN 1 FOLLOWING AND {h} * 86400 FOLLOWING),
        year_before AS (PARTITION BY customer_key ORDER BY s RANGE BETWEEN 31536000 PRECEDING AND 1 PRECEDING)
)
SELECT
    subject_id,
    orders_365d,
    earlier_spend_365d,
    first_order_s,
    orders_by_then,
    return_s,
    own_return_s,
    CAST(coalesce(held, 0) AS BIGINT) AS held,
    CAST(coalesce(held_settled, 0) AS BIGINT) AS held_settled,
    spend_{h}d,
    net_{h}d,
    margin_{h}d,
    unearned_{h}d,
    CAST(coalesce(held_cancelled, 0) AS BIGINT) AS held_cancelled
FROM swept
WHERE subject_id IS NOT NULL
