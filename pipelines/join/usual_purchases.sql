-- One row per subject with any order, busy customers apart: purchases before and after, and bookings held.
-- One equi-join; customers with very many incidents take the window form in busy_purchases.sql.
SELECT
    s.subject_id,
    count(*) FILTER (WHERE o.purchase AND o.ordered_s >= s.at_s - 31536000 AND o.ordered_s < s.at_s) AS orders_365d,
    sum(o.amount) FILTER (WHERE o.purchase AND o.ordered_s >= s.at_s - 31536000 AND o.ordered_s < s.at_s) AS earlier_spend_365d,
    min(o.ordered_s) FILTER (WHERE o.purchase AND o.ordered_s < s.at_s) AS first_order_s,
    count(*) FILTER (WHERE o.ordered_s <= s.at_s) AS orders_by_then,
    min(o.ordered_s) FILTER (WHERE o.purchase AND o.ordered_s > s.at_s) AS return_s,
    min(o.ordered_s) FILTER (WHERE o.own_purchase AND o.ordered_s > s.at_s) AS own_return_s,
    count(*) FILTER (WHERE o.booking AND o.ordered_s < s.at_s AND o.service_s > s.at_s) AS held,
    count(*) FILTER (WHERE o.settled_booking AND o.ordered_s < s.at_s AND o.service_s > s.at_s) AS held_settled,
    sum(o.amount) FILTER (WHERE o.purchase AND o.ordered_s > s.at_s AND o.ordered_s <= s.at_s + {h} * 86400) AS spend_{h}d,
    sum(o.net_amount) FILTER (WHERE o.purchase AND o.ordered_s > s.at_s AND o.ordered_s <= s.at_s + {h} * 86400) AS net_{h}d,
    sum(o.net_margin) FILTER (WHERE o.purchase AND o.ordered_s > s.at_s AND o.ordered_s <= s.at_s + {h} * 86400) AS margin_{h}d,
    count(*) FILTER (WHERE o.purchase AND o.net_margin IS NULL AND o.ordered_s > s.at_s AND o.ordered_s <= s.at_s + {h} * 86400) AS unearned_{h}d,
    count(*) FILTER (WHERE o.cancelled_booking AND o.ordered_s < s.at_s AND o.service_s > s.at_s) AS held_cancelled
FROM subjects AS s
JOIN placed_orders AS o ON o.customer_key = s.customer_key
LEFT JOIN busy_customers AS b ON b.customer_key = s.customer_key
WHERE b.customer_key IS NULL
GROUP BY s.subject_id
