-- One row per check: how many rows of the export show what it looks for.
WITH latest AS (
    SELECT
        order_id,
        max(review_answer_timestamp) AS answered_at
    FROM reviews
    GROUP BY order_id
),
priced AS (
    SELECT order_id, sum(CAST(price AS DECIMAL(18, 4)) + CAST(freight_value AS DECIMAL(18, 4))) AS amount
    FROM items
    GROUP BY order_id
),
paid AS (
    SELECT order_id, sum(CAST(payment_value AS DECIMAL(18, 4))) AS amount FROM payments GROUP BY order_id
)
SELECT
    'answered_before_delivery' AS "check",
    'delivered orders whose survey was answered before delivery' AS subject,
    count(*) AS value,
    'orders' AS unit
FROM purchases AS o
JOIN latest AS r ON r.order_id = o.order_id
WHERE o.order_status = 'delivered' AND r.answered_at < o.order_delivered_customer_date
UNION ALL
SELECT 'shipped_before_approval', 'delivered orders at the carrier before their payment was approved', count(*), 'orders'
FROM purchases
WHERE order_status = 'delivered' AND order_delivered_carrier_date < order_approved_at
UNION ALL
SELECT 'paid_other_than_charged', 'orders whose payments differ from items and freight by more than 0.02', count(*), 'orders'
FROM priced AS i
JOIN paid AS p ON p.order_id = i.order_id
WHERE abs(i.amount - p.amount) > 0.02
UNION ALL
SELECT 'repeated_review_id', 'survey answers under a review_id used before', count(*) - count(DISTINCT review_id), 'answers'
FROM reviews
UNION ALL
SELECT 'several_answers', 'earlier survey answers on an order that has a later one; left out', count(*) - count(DISTINCT order_id), 'answers'
FROM reviews
UNION ALL
SELECT 'order_without_answer', 'orders without a survey answer', count(*), 'orders'
FROM purchases AS o
LEFT JOIN latest AS r ON r.order_id = o.order_id
WHERE r.order_id IS NULL
UNION ALL
SELECT 'paid_by_voucher', 'payments by voucher: a means of payment, no proof of compensation', count(*), 'payments'
FROM payments
WHERE payment_type = 'voucher'
