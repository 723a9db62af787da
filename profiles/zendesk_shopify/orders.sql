-- One row per order of a customer; orders that testers placed are none. The arrival day is a note on the order.
WITH latest AS (
    SELECT *, row_number() OVER (PARTITION BY id ORDER BY _fivetran_synced DESC, _line DESC) AS nth FROM shop_order
),
arrivals AS (
    SELECT order_id, max(value) AS service_date FROM shop_order_note_attribute WHERE name = 'arrival' GROUP BY order_id
),
replacements AS (
    SELECT DISTINCT order_id FROM shop_order_tag WHERE value = 'Replacement'
),
credits AS (
    SELECT order_id, max(amount) AS amount FROM shop_order_discount_code GROUP BY order_id
),
margins AS (
    SELECT owner_id, max(value) AS amount
    FROM shop_metafield
    WHERE owner_resource = 'ORDER' AND namespace = 'finance' AND key = 'margin'
    GROUP BY owner_id
)
SELECT
    o.customer_id,
    o.id AS order_id,
    o.created_at AS ordered_at,
    o.total_price AS amount,
    o.currency,
    CASE
        WHEN o.cancelled_at <> '' THEN 'cancelled'
        WHEN o.fulfillment_status = 'fulfilled' THEN 'completed'
        ELSE 'confirmed'
    END AS status,
    concat(a.service_date, 'T00:00:00Z') AS service_date,
    r.order_id IS NOT NULL AS is_replacement,
    coalesce(c.amount, '0') AS voucher_amount,
    m.amount AS margin,
    o._file,
    o._line
FROM latest AS o
LEFT JOIN arrivals AS a ON a.order_id = o.id
LEFT JOIN replacements AS r ON r.order_id = o.id
LEFT JOIN credits AS c ON c.order_id = o.id
LEFT JOIN margins AS m ON m.owner_id = o.id
WHERE o.nth = 1 AND o.test <> 'true'
