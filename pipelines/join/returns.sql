-- One row per subject: new purchases after the moment, windows up to and including day h, only with full follow-up.
-- Known for customers on file (in `customers`, or with an order by then); unknown for everyone else, and for all where
-- orders or incidents were sampled instead of customers, so that repeats can't be seen.
WITH filed AS (
    SELECT
        s.subject_id,
        s.age_seconds,
        CASE
            WHEN NOT u.orders OR NOT e.repeats_seen THEN NULL
            ELSE s.customer_key IS NOT NULL AND (c.customer_id IS NOT NULL OR coalesce(p.orders_by_then, 0) > 0)
        END AS on_file,
        p.return_s - s.at_s AS return_seconds,
        p.own_return_s - s.at_s AS own_return_seconds,
        coalesce(p.held, 0) > 0 AS held,
        p.held_settled > 0 AS settled,
        p.held_cancelled > 0 AS cancelled,
        CAST(coalesce(p.spend_{h}d, 0) AS DECIMAL(18, 4)) AS spend_{h}d,
        CAST(coalesce(p.net_{h}d, 0) AS DECIMAL(18, 4)) AS net_{h}d,
        CASE WHEN coalesce(p.unearned_{h}d, 0) = 0 THEN CAST(coalesce(p.margin_{h}d, 0) AS DECIMAL(18, 4)) END AS margin_{h}d,
        u.orders_margin AS earned,
        u.orders_service_date AS dated,
        u.orders_service_date AND u.orders_status AS tracked,
        u.orders_voucher_amount AS netted
    FROM subjects AS s
    LEFT JOIN purchases AS p ON p.subject_id = s.subject_id
    LEFT JOIN customers AS c ON c.customer_id = s.customer_key
    CROSS JOIN supplied AS u
    CROSS JOIN settings AS e
)
SELECT
    f.subject_id,
    f.on_file,
    CASE WHEN f.on_file THEN f.return_seconds END AS return_seconds,
    CASE WHEN f.on_file AND f.dated THEN f.held END AS held_booking,
    CASE WHEN f.on_file AND f.age_seconds > {h} * 86400 THEN coalesce(f.return_seconds <= {h} * 86400, FALSE) END AS returned_{h}d,
    CASE WHEN f.on_file AND f.age_seconds > {h} * 86400 AND f.netted THEN coalesce(f.own_return_seconds <= {h} * 86400, FALSE) END AS returned_without_voucher_{h}d,
    CASE WHEN f.on_file AND f.age_seconds > {h} * 86400 THEN f.spend_{h}d END AS spend_{h}d,
    CASE WHEN f.on_file AND f.age_seconds > {h} * 86400 AND f.netted THEN f.net_{h}d END AS spend_without_voucher_{h}d,
    CASE WHEN f.on_file AND f.age_seconds > {h} * 86400 AND f.earned THEN f.margin_{h}d END AS margin_{h}d,
    CASE WHEN f.on_file AND f.tracked AND f.settled THEN f.cancelled END AS held_booking_cancelled
FROM filed AS f
