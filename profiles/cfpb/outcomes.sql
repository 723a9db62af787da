-- One row per complaint: did the consumer dispute the response? A blank is no answer and is set aside, not a "no".
SELECT
    concat('line ', _line) AS incident_id,
    'disputed' AS outcome,
    CASE "Consumer disputed?" WHEN 'Yes' THEN 1 WHEN 'No' THEN 0 END AS value,
    _file,
    _line
FROM complaints
