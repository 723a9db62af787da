-- One row per subject active at the moment: when that spell ends. Spells that touch or overlap are one.
WITH spells AS (
    SELECT
        b.customer_id AS customer_key,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', b.active_from)) AS from_s,
        CASE
            WHEN b.active_until < s.cut_at
            THEN date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', b.active_until))
            ELSE 9000000000000
        END AS until_s
    FROM subscriptions AS b CROSS JOIN settings AS s
    WHERE b.active_from < s.cut_at
),
reached AS (
    SELECT
        customer_key,
        from_s,
        until_s,
        max(until_s) OVER (
            PARTITION BY customer_key ORDER BY from_s, until_s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached_s
    FROM spells
),
starts AS (
    SELECT
        customer_key,
        from_s,
        until_s,
        sum(CASE WHEN from_s <= reached_s THEN 0 ELSE 1 END) OVER (
            PARTITION BY customer_key ORDER BY from_s, until_s ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS spell
    FROM reached
),
merged AS (
    SELECT customer_key, min(from_s) AS from_s, max(until_s) AS until_s FROM starts GROUP BY customer_key, spell
)
SELECT
    s.subject_id,
    CASE WHEN s.age_seconds > {h} * 86400 THEN m.until_s > s.at_s + {h} * 86400 END AS retained_{h}d,
    CASE WHEN m.until_s < 9000000000000 THEN m.until_s - s.at_s END AS churn_seconds
FROM subjects AS s
JOIN merged AS m ON m.customer_key = s.customer_key AND m.from_s <= s.at_s AND m.until_s > s.at_s
