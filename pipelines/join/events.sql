-- One row per event: how many incidents it made, and whether it hit several customers.
SELECT
    event_id,
    count(*) AS incidents,
    count(DISTINCT customer_key) + count(*) FILTER (WHERE customer_key IS NULL) >= 2 AS several_customers
FROM cases
WHERE event_id IS NOT NULL
GROUP BY event_id
