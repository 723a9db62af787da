-- One row per order delivered after its promised day. Where it went, where it came from and what was bought belong to
-- the order's dearest item.
WITH dearest AS (
    SELECT
        i.order_id,
        s.seller_state,
        g.product_category_name_english AS product_group,
        row_number() OVER (PARTITION BY i.order_id ORDER BY CAST(i.price AS DECIMAL(18, 4)) DESC, i.order_item_id) AS nth
    FROM items AS i
    LEFT JOIN sellers AS s ON s.seller_id = i.seller_id
    LEFT JOIN products AS p ON p.product_id = i.product_id
    LEFT JOIN product_groups AS g ON g.product_category_name = p.product_category_name
),
late AS (
    SELECT
        *,
        date_diff('day', CAST(left(order_estimated_delivery_date, 10) AS DATE), CAST(left(order_delivered_customer_date, 10) AS DATE))
            AS days_late
    FROM purchases
    WHERE order_status = 'delivered'
)
SELECT
    o.order_id AS incident_id,
    c.customer_unique_id AS customer_id,
    o.order_purchase_timestamp AS opened_at,
    concat(left(o.order_estimated_delivery_date, 10), ' 23:59:59') AS occurred_at,
    'late delivery' AS category,
    CASE WHEN o.days_late <= 3 THEN '1-3 days late' WHEN o.days_late <= 7 THEN '4-7 days late' ELSE 'over 7 days late' END
        AS severity,
    d.seller_state AS site_id,
    c.customer_state AS region,
    d.product_group AS segment,
    o._file,
    o._line
FROM late AS o
JOIN buyers AS c ON c.customer_id = o.customer_id
LEFT JOIN dearest AS d ON d.order_id = o.order_id AND d.nth = 1
WHERE o.days_late > 0
