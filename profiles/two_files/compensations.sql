-- One row per refund: what was given stands in the ticket itself.
SELECT
    t."Ticket No" AS incident_id,
    t."Refund" AS face_amount,
    t._file,
    t._line
FROM "tickets" AS t
WHERE regexp_matches(nullif(trim(CAST(t."Refund" AS VARCHAR)), ''), '[1-9]')
