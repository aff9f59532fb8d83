DECLARE grace_days INT64 DEFAULT 14;
DECLARE due_count INT64;

CREATE TEMP TABLE due_requests AS
SELECT
  r.request_id,
  CAST(u.user_identifier AS INT64) AS user_id,
  UPPER(u.address.country_code) AS country,
  r.requested_at
FROM `meridian-data.privacy.erasure_requests` AS r
JOIN `meridian-data.user_data.users_v2` AS u
  ON CAST(u.user_identifier AS INT64) = r.user_id
  AND LOWER(u.email) = r.confirmed_email
WHERE r.requested_at < TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL grace_days DAY);

SET due_count = (SELECT COUNT(*) FROM due_requests);

MERGE `meridian-data.privacy.erasure_log` AS log
USING (
  SELECT request_id, user_id, country, requested_at
  FROM due_requests
) AS due
ON log.request_id = due.request_id
WHEN MATCHED AND log.state = 'waiting' THEN
  UPDATE SET state = 'due', updated_at = CURRENT_TIMESTAMP()
WHEN NOT MATCHED THEN
  INSERT (request_id, user_id, country, requested_at, state)
  VALUES (due.request_id, due.user_id, due.country, due.requested_at, 'due');

SELECT due_count AS due;
