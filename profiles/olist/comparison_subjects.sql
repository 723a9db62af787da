-- One row per order delivered by its promised day: what the late ones are compared with.
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
)
SELECT
    c.customer_unique_id AS customer_id,
    o.order_purchase_timestamp AS index_at,
    d.seller_state AS site_id,
    c.customer_state AS region,
    d.product_group AS segment,
    o._file,
    o._line
FROM purchases AS o
JOIN buyers AS c ON c.customer_id = o.customer_id
LEFT JOIN dearest AS d ON d.order_id = o.order_id AND d.nth = 1
WHERE o.order_status = 'delivered'
    AND left(o.order_delivered_customer_date, 10) <= left(o.order_estimated_delivery_date, 10)
