SELECT
  s.show_id,
  s.title,
  COUNT(*) AS reports
FROM `meridian-data.growth.show_reports` AS r
JOIN `meridian-data.podcasts.shows_v1` AS s
  ON s.show_id = r.show_id
WHERE NOT s.is_explicit
GROUP BY s.show_id, s.title
HAVING COUNT(*) >= 3
