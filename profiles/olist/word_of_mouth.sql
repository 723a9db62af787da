-- One row per survey answer; where an order has several, the latest one counts. Answers on late orders name the
-- incident, all others only the customer.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY order_id ORDER BY review_answer_timestamp DESC, review_id DESC) AS nth
    FROM reviews
)
SELECT
    c.customer_unique_id AS customer_id,
    CASE
        WHEN o.order_status = 'delivered'
            AND left(o.order_delivered_customer_date, 10) > left(o.order_estimated_delivery_date, 10)
            THEN r.order_id
    END AS incident_id,
    r.review_answer_timestamp AS posted_at,
    'review' AS kind,
    r.review_score AS score,
    r._file,
    r._line
FROM ranked AS r
JOIN purchases AS o ON o.order_id = r.order_id
JOIN buyers AS c ON c.customer_id = o.customer_id
WHERE r.nth = 1
