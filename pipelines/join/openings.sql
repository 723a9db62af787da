-- One row per incident: the local time it opened, and how many incidents of its site had in the 24 hours before. Where
-- every case opened at midnight the export holds days, not times: the hour is unknown.
WITH clocks AS (
    SELECT
        c.subject_id,
        c.site_id,
        c.opened_s,
        (c.opened_at AT TIME ZONE 'UTC') AT TIME ZONE s.time_zone AS opened_local
    FROM cases AS c CROSS JOIN settings AS s
),
recorded AS (
    SELECT coalesce(bool_or(opened_local <> date_trunc('day', opened_local)), FALSE) AS to_the_hour FROM clocks
)
SELECT
    c.subject_id,
    strftime(c.opened_local, '%Y-%m') AS opened_month,
    date_diff('day', DATE '1970-01-01', CAST(c.opened_local AS DATE)) AS opened_day,
    CASE WHEN p.to_the_hour THEN extract(hour FROM c.opened_local) END AS opened_hour,
    CASE WHEN p.to_the_hour THEN extract(hour FROM c.opened_local) >= 22 OR extract(hour FROM c.opened_local) < 7 END
        AS opened_at_night,
    date_diff('day', DATE '1900-01-01', CAST(c.opened_local AS DATE)) % 7 >= 5 AS opened_on_weekend,
    CASE WHEN c.site_id IS NOT NULL AND c.opened_s IS NOT NULL THEN
        count(*) OVER (PARTITION BY c.site_id ORDER BY c.opened_s RANGE BETWEEN 86400 PRECEDING AND 1 PRECEDING)
    END AS site_load_24h
FROM clocks AS c CROSS JOIN recorded AS p
