-- One row per subject with any order: what the customer bought before and after, and which bookings were held.
SELECT * FROM usual_purchases
UNION ALL
SELECT * FROM busy_purchases
