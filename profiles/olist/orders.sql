-- One row per order: what its items and their freight came to, else what was paid. Vouchers are a means of payment.
WITH priced AS (
    SELECT order_id, sum(CAST(price AS DECIMAL(18, 4)) + CAST(freight_value AS DECIMAL(18, 4))) AS amount
    FROM items
    GROUP BY order_id
),
paid AS (
    SELECT
        order_id,
        sum(CAST(payment_value AS DECIMAL(18, 4))) AS amount,
        sum(CASE WHEN payment_type = 'voucher' THEN CAST(payment_value AS DECIMAL(18, 4)) ELSE 0 END) AS voucher_amount
    FROM payments
    GROUP BY order_id
)
SELECT
    c.customer_unique_id AS customer_id,
    o.order_id,
    o.order_purchase_timestamp AS ordered_at,
    coalesce(i.amount, p.amount) AS amount,
    p.voucher_amount,
    'BRL' AS currency,
    o.order_status AS status,
    o._file,
    o._line
FROM purchases AS o
JOIN buyers AS c ON c.customer_id = o.customer_id
LEFT JOIN priced AS i ON i.order_id = o.order_id
LEFT JOIN paid AS p ON p.order_id = o.order_id
