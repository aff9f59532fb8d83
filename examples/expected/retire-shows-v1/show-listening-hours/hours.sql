SELECT
  CAST(s.show_identifier AS INT64) AS show_id,
  s.name AS title,
  DIV(s.total_ms, 60000) AS published_minutes,
  SUM(p.ms_played) / 60000 AS listened_minutes
FROM `meridian-data.podcasts.shows_v2` AS s
JOIN `meridian-data.podcasts.show_plays` AS p
  ON p.show_id = CAST(s.show_identifier AS INT64)
WHERE DATE(s.first_published_at) < @run_date
GROUP BY 1, 2, 3
