-- One row per complaint. The export carries no case number, so a complaint is known by its line in the file; rows
-- alike in everything are kept.
SELECT
    concat('line ', _line) AS incident_id,
    "Date received" AS opened_at,
    'customer' AS detected_by,
    "Submitted via" AS channel,
    Product AS category,
    Company AS brand,
    Company AS cluster_id,
    State AS region,
    "Timely response?" AS responded_on_time,
    Issue AS x_issue,
    _file,
    _line
FROM complaints
