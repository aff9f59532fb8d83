WITH last_plays AS (
  SELECT p.user_id, MAX(p.played_at) AS last_played_at
  FROM `meridian-data.listening.plays_v3` AS p
  GROUP BY p.user_id
)
SELECT
  'lapsed' AS audience,
  u.user_id AS user_id,
  u.email,
  u.locale
FROM `meridian-data.user_data.users_v1` AS u
JOIN last_plays AS l ON l.user_id = u.user_id
WHERE l.last_played_at < TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 60 DAY)
  AND u.plan != 'free'
