-- One row per recorded contact of a case by the data cut; `seconds` since opening, negative when it came before.
SELECT
    c.subject_id,
    date_diff('second', c.opened_second, date_trunc('second', n.contacted_at)) AS seconds,
    n.contacted_at,
    n.actor,
    n.action,
    n.agent_id,
    n.personal,
    n.public
FROM interactions AS n
JOIN cases AS c ON c.incident_id = n.incident_id
CROSS JOIN settings AS s
WHERE n.contacted_at < s.cut_at
