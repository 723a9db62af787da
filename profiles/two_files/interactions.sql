-- One row per first answer: the file names no other.
SELECT
    t."Ticket No" AS incident_id,
    t."First reply" AS contacted_at,
    t._file,
    t._line
FROM "tickets" AS t
WHERE nullif(trim(CAST(t."First reply" AS VARCHAR)), '') IS NOT NULL
