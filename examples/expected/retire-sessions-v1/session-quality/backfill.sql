INSERT INTO `meridian-data.personalization.session_quality_daily` (day, platform, os, minutes, listeners)
WITH shards AS (
  SELECT *, _TABLE_SUFFIX AS shard
  FROM `meridian-data.user_data.sessions_v2_*`
  WHERE _TABLE_SUFFIX BETWEEN '20260101' AND '20260131'
)
SELECT
  PARSE_DATE('%Y%m%d', shards.shard) AS day,
  shards.platform,
  shards.client.os_name AS os,
  SUM(DIV(shards.duration_ms, 1000)) / 60 AS minutes,
  COUNT(DISTINCT CAST(shards.user_identifier AS INT64)) AS listeners
FROM shards
GROUP BY 1, 2, 3
