-- One row per order placed by the data cut. A purchase is an order of more than 0 that was not cancelled and replaces
-- nothing; an own purchase used no voucher. A booking is held from the order to its service; `anchor_s` is when it is
-- used (else placed).
WITH placed AS (
    SELECT
        o.customer_id AS customer_key,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', o.ordered_at)) AS ordered_s,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', o.service_date)) AS service_s,
        o.site_id,
        o.brand,
        o.amount,
        CAST(greatest(o.amount - coalesce(o.voucher_amount, 0), 0) AS DECIMAL(18, 4)) AS net_amount,
        CAST(o.margin - least(coalesce(o.voucher_amount, 0), o.amount) AS DECIMAL(18, 4)) AS net_margin,
        coalesce(lower(o.status) IN ('cancelled', 'canceled'), FALSE) AS cancelled,
        coalesce(o.is_replacement, FALSE) AS replacement,
        coalesce(o.voucher_amount, 0) > 0 AS by_voucher,
        s.cut_s
    FROM orders AS o CROSS JOIN settings AS s
    WHERE o.ordered_at < s.cut_at AND o.customer_id IS NOT NULL
)
SELECT
    customer_key,
    ordered_s,
    service_s,
    coalesce(service_s, ordered_s) AS anchor_s,
    site_id,
    brand,
    amount,
    net_amount,
    net_margin,
    amount > 0 AND NOT cancelled AND NOT replacement AS purchase,
    amount > 0 AND NOT cancelled AND NOT replacement AND NOT by_voucher AS own_purchase,
    service_s > ordered_s AND NOT replacement AS booking,
    service_s > ordered_s AND NOT replacement AND service_s < cut_s AS settled_booking,
    service_s > ordered_s AND NOT replacement AND service_s < cut_s AND cancelled AS cancelled_booking
FROM placed
