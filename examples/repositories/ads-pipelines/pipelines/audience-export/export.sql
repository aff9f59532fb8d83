WITH reachable AS (
  SELECT
    user_id AS listener_id,
    country AS market,
    device.os AS os,
    birth_year AS birth_year
  FROM `meridian-data.user_data.users_v1`
  WHERE is_active
    AND NOT is_premium
    AND country IN ('SE', 'NO', 'DK', 'DE', 'BR')
),

recent AS (
  SELECT i.user_id, COUNT(*) AS impressions
  FROM `meridian-data.ads.impressions` AS i
  WHERE i.shown_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 7 DAY)
    AND i.country IN ('SE', 'NO', 'DK', 'DE', 'BR')
  GROUP BY i.user_id
)

SELECT
  CONCAT('mrd-', LOWER(r.market), '-', r.os) AS audience_key,
  TO_HEX(SHA256(CAST(r.listener_id AS STRING))) AS hashed_listener,
  EXTRACT(YEAR FROM CURRENT_DATE()) - r.birth_year AS age,
  IFNULL(recent.impressions, 0) AS impressions_last_week,
  'users_v1' AS audience_origin
FROM reachable AS r
LEFT JOIN recent ON recent.user_id = r.listener_id
