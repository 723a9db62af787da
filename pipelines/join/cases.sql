-- One row per incident: what was known of it at the data cut. Durations are whole seconds since opening; what is dated
-- at or after the cut has not happened yet, and a case can't end before it opened. `age_seconds` runs to the cut.
-- `contacts_known` is false where the export can't tell whether the company answered.
WITH dated AS (
    SELECT
        i.*,
        date_trunc('second', i.opened_at) AS opened_second,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', i.opened_at)) AS opened_s
    FROM incidents AS i
)
SELECT
    n.subject_id,
    d.*,
    d.customer_id AS customer_key,
    u.interactions AND coalesce(d.response_known, TRUE) AS contacts_known,
    s.cut_s - d.opened_s AS age_seconds,
    CASE WHEN d.resolved_at >= d.opened_at AND d.resolved_at < s.cut_at THEN date_diff('second', d.opened_second, date_trunc('second', d.resolved_at)) END AS resolved_seconds,
    CASE WHEN d.closed_at >= d.opened_at AND d.closed_at < s.cut_at THEN date_diff('second', d.opened_second, date_trunc('second', d.closed_at)) END AS closed_seconds,
    CASE WHEN d.threatened_to_leave_at < s.cut_at THEN date_diff('second', d.opened_second, date_trunc('second', d.threatened_to_leave_at)) END AS threatened_seconds,
    CASE WHEN d.cause_reviewed_at < s.cut_at THEN date_diff('second', d.opened_second, date_trunc('second', d.cause_reviewed_at)) END AS reviewed_seconds,
    d.reopened_at < s.cut_at AS reopened_by_cut,
    date_diff('second', d.opened_second, date_trunc('second', d.service_end)) AS departure_seconds
FROM dated AS d
JOIN numbers AS n ON n.incident_id = d.incident_id
CROSS JOIN settings AS s
CROSS JOIN supplied AS u
