WITH last_plays AS (
  SELECT p.user_id, MAX(p.played_at) AS last_played_at
  FROM `meridian-data.listening.plays_v3` AS p
  GROUP BY p.user_id
)
SELECT
  'lapsed' AS audience,
  CAST(u.user_identifier AS INT64) AS user_id,
  u.email,
  u.locale
FROM `meridian-data.user_data.users_v2` AS u
JOIN last_plays AS l ON l.user_id = CAST(u.user_identifier AS INT64)
WHERE l.last_played_at < TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 60 DAY)
  AND u.subscription.tier != 'free'
