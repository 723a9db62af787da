-- One row per promise: a task hanging on the complaint's ticket, kept when the task was solved.
WITH tasks AS (
    SELECT *, row_number() OVER (PARTITION BY id ORDER BY _fivetran_synced DESC, _line DESC) AS nth
    FROM ticket
    WHERE type = 'task'
),
kept AS (
    SELECT ticket_id, max(updated) AS kept_at
    FROM ticket_field_history
    WHERE field_name = 'status' AND value = 'solved'
    GROUP BY ticket_id
)
SELECT t.via_followup_source_id AS incident_id, t.created_at AS promised_at, t.due_at, k.kept_at, t._file, t._line
FROM tasks AS t
LEFT JOIN kept AS k ON k.ticket_id = t.id
WHERE t.nth = 1
