-- One row per person: the address of the latest order. The export gives each order a customer_id of its own;
-- customer_unique_id is the person.
WITH ranked AS (
    SELECT
        c.customer_unique_id,
        c.customer_state,
        c._file,
        c._line,
        row_number() OVER (PARTITION BY c.customer_unique_id ORDER BY o.order_purchase_timestamp DESC, o.order_id) AS nth
    FROM buyers AS c
    JOIN purchases AS o ON o.customer_id = c.customer_id
)
SELECT customer_unique_id AS customer_id, customer_state AS region, _file, _line
FROM ranked
WHERE nth = 1
