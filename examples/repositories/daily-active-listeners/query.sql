-- Active: at least one session of 30 seconds or more on the day.
WITH sessions AS (
  SELECT
    DATE(s.started_at) AS activity_date,
    s.user_id AS user_id,
    s.platform,
    s.duration_seconds AS seconds
  FROM `meridian-data.user_data.sessions_v1` AS s
  WHERE DATE(s.started_at) = @run_date
),

active AS (
  SELECT activity_date, user_id, platform, SUM(seconds) AS seconds
  FROM sessions
  GROUP BY activity_date, user_id, platform
  HAVING SUM(seconds) >= 30
)

SELECT
  active.activity_date,
  u.country AS country,
  active.platform,
  COUNT(DISTINCT active.user_id) AS listeners,
  COUNT(DISTINCT IF(u.is_premium, active.user_id, NULL)) AS paying_listeners
FROM active
JOIN `meridian-data.user_data.users_v1` AS u
  ON u.user_id = active.user_id
WHERE NOT u.is_employee
GROUP BY 1, 2, 3
