-- One row per customer of the shop; tags such as "tier: gold" say who they are.
WITH latest AS (
    SELECT *, row_number() OVER (PARTITION BY id ORDER BY _fivetran_synced DESC, _line DESC) AS nth FROM shop_customer
),
marks AS (
    SELECT
        customer_id,
        max(CASE WHEN value LIKE 'segment: %' THEN replace(value, 'segment: ', '') END) AS segment,
        max(CASE WHEN value LIKE 'region: %' THEN replace(value, 'region: ', '') END) AS region,
        max(CASE WHEN value LIKE 'tier: %' THEN replace(value, 'tier: ', '') END) AS loyalty_tier
    FROM shop_customer_tag
    GROUP BY customer_id
)
SELECT c.id AS customer_id, c.created_at AS joined_at, m.segment, m.region, m.loyalty_tier, c._file, c._line
FROM latest AS c
LEFT JOIN marks AS m ON m.customer_id = c.id
WHERE c.nth = 1
