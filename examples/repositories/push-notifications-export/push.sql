SELECT
  CAST(u.user_identifier AS INT64) AS user_id,
  UPPER(u.address.country_code) AS country,
  u.locale,
  t.token
FROM `meridian-data.user_data.users_v2` AS u
JOIN `meridian-data.messaging.push_tokens` AS t
  ON t.user_id = CAST(u.user_identifier AS INT64)
WHERE t.revoked_at IS NULL
  AND EXISTS (SELECT 1 FROM UNNEST(u.consent) AS c WHERE c.purpose = 'push')
