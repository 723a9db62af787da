-- One row per subject: the customer's orders in the 365 days before, and how long they have been a customer.
SELECT
    s.subject_id,
    CASE WHEN r.on_file THEN coalesce(p.orders_365d, 0) END AS orders_365d,
    CASE WHEN r.on_file THEN CAST(coalesce(p.earlier_spend_365d, 0) AS DECIMAL(18, 4)) END AS earlier_spend_365d,
    CASE
        WHEN j.joined_s <= s.at_s THEN s.at_s - j.joined_s
        WHEN r.on_file THEN s.at_s - p.first_order_s
    END AS tenure_seconds
FROM subjects AS s
JOIN returns AS r ON r.subject_id = s.subject_id
LEFT JOIN purchases AS p ON p.subject_id = s.subject_id
LEFT JOIN (
    SELECT
        customer_id,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', joined_at)) AS joined_s
    FROM customers
) AS j ON j.customer_id = s.customer_key
