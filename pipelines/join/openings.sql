-- One row per incident: the local time it was opened, and how many incidents its site had opened in the 24 hours before.
WITH clocks AS (
    SELECT
        c.subject_id,
        c.site_id,
        c.opened_s,
        (c.opened_at AT TIME ZONE 'UTC') AT TIME ZONE s.time_zone AS opened_local
    FROM cases AS c CROSS JOIN settings AS s
)
SELECT
    subject_id,
    strftime(opened_local, '%Y-%m') AS opened_month,
    extract(hour FROM opened_local) AS opened_hour,
    extract(hour FROM opened_local) >= 22 OR extract(hour FROM opened_local) < 7 AS opened_at_night,
    date_diff('day', DATE '1900-01-01', CAST(opened_local AS DATE)) % 7 >= 5 AS opened_on_weekend,
    CASE WHEN site_id IS NOT NULL THEN
        count(*) OVER (PARTITION BY site_id ORDER BY opened_s RANGE BETWEEN 86400 PRECEDING AND 1 PRECEDING)
    END AS site_load_24h
FROM clocks
