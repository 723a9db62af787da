-- One row per incident: what was known of it at the data cut. Durations are whole seconds since opening;
-- anything dated at or after the cut has not happened.
-- `contacts_known` is false where the export can't tell whether the company answered. `age_seconds` runs from opening to the cut.
WITH dated AS (
    SELECT
        i.*,
        i.customer_id AS customer_key,
        u.interactions AND coalesce(i.response_known, TRUE) AS contacts_known,
        date_trunc('second', i.opened_at) AS opened_second,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', i.opened_at)) AS opened_s,
        (i.opened_at AT TIME ZONE 'UTC') AT TIME ZONE s.time_zone AS opened_local,
        CASE WHEN i.resolved_at >= i.opened_at AND i.resolved_at < s.cut_at THEN i.resolved_at END AS resolved_known,
        CASE WHEN i.closed_at >= i.opened_at AND i.closed_at < s.cut_at THEN i.closed_at END AS closed_known,
        CASE WHEN i.reopened_at < s.cut_at THEN i.reopened_at END AS reopened_known,
        CASE WHEN i.threatened_to_leave_at < s.cut_at THEN i.threatened_to_leave_at END AS threatened_known,
        CASE WHEN i.cause_reviewed_at < s.cut_at THEN i.cause_reviewed_at END AS reviewed_known
    FROM incidents AS i CROSS JOIN settings AS s CROSS JOIN supplied AS u
)
SELECT
    row_number() OVER (ORDER BY d.incident_id) AS subject_id,
    d.*,
    s.cut_s - d.opened_s AS age_seconds,
    date_diff('second', d.opened_second, date_trunc('second', d.resolved_known)) AS resolved_seconds,
    date_diff('second', d.opened_second, date_trunc('second', d.closed_known)) AS closed_seconds,
    date_diff('second', d.opened_second, date_trunc('second', d.threatened_known)) AS threatened_seconds,
    date_diff('second', d.opened_second, date_trunc('second', d.reviewed_known)) AS reviewed_seconds,
    date_diff('second', d.opened_second, date_trunc('second', d.service_end)) AS departure_seconds,
    CASE WHEN d.site_id IS NOT NULL THEN
        count(*) OVER (PARTITION BY d.site_id ORDER BY d.opened_s RANGE BETWEEN 86400 PRECEDING AND 1 PRECEDING)
    END AS site_load_24h
FROM dated AS d CROSS JOIN settings AS s
