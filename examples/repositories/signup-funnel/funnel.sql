WITH signups AS (
  SELECT user_id, signup_date, country, plan
  FROM user_data.users_v1
  WHERE signup_date >= DATE_SUB(CURRENT_DATE(), INTERVAL 30 DAY)
),
plays AS (
  SELECT user_id, MIN(DATE(played_at)) AS first_play, ANY_VALUE(country) AS country
  FROM listening.plays_v3
  GROUP BY user_id
)
SELECT
  signups.signup_date AS day,
  signups.country AS country,
  signups.plan,
  COUNT(*) AS signups,
  COUNTIF(plays.first_play = signups.signup_date) AS played_on_day_one
FROM signups
LEFT JOIN plays USING (user_id)
GROUP BY 1, 2, 3
