-- One row per incident: what was known of it at the data cut. Durations are whole seconds since opening; what is dated
-- at or after the cut has not happened yet, and a case can't end before it opened. `age_seconds` runs to the cut.
-- `contacts_known` is false where the export can't tell whether the company answered.
WITH dated AS (
    SELECT
        i.*,
        date_trunc('second', i.opened_at) AS opened_second,
        CASE
            WHEN i.resolved_at >= i.opened_at AND i.resolved_at < s.cut_at THEN date_trunc('second', i.resolved_at)
        END AS resolved_second,
        CASE WHEN i.closed_at >= i.opened_at AND i.closed_at < s.cut_at THEN date_trunc('second', i.closed_at) END
            AS closed_second,
        CASE WHEN i.threatened_to_leave_at < s.cut_at THEN date_trunc('second', i.threatened_to_leave_at) END
            AS threatened_second,
        CASE WHEN i.cause_reviewed_at < s.cut_at THEN date_trunc('second', i.cause_reviewed_at) END AS reviewed_second,
        s.cut_at,
        s.cut_s
    FROM incidents AS i CROSS JOIN settings AS s
)
SELECT
    n.subject_id,
    d.*,
    d.customer_id AS customer_key,
    u.interactions AND coalesce(d.response_known, TRUE) AS contacts_known,
    date_diff('second', TIMESTAMP '1970-01-01 00:00:00', d.opened_second) AS opened_s,
    d.cut_s - date_diff('second', TIMESTAMP '1970-01-01 00:00:00', d.opened_second) AS age_seconds,
    date_diff('second', d.opened_second, d.resolved_second) AS resolved_seconds,
    date_diff('second', d.opened_second, d.closed_second) AS closed_seconds,
    date_diff('second', d.opened_second, d.threatened_second) AS threatened_seconds,
    date_diff('second', d.opened_second, d.reviewed_second) AS reviewed_seconds,
    date_diff('second', d.opened_second, date_trunc('second', d.service_end)) AS departure_seconds,
    CASE WHEN d.occurred_at <= d.opened_at THEN date_diff('second', date_trunc('second', d.occurred_at), d.opened_second) END
        AS raising_seconds,
    d.opened_at BETWEEN d.service_start AND d.service_end AS raised_during_service,
    d.reopened_at < d.cut_at AS reopened_by_cut
FROM dated AS d
JOIN numbers AS n ON n.incident_id = d.incident_id
CROSS JOIN supplied AS u
