SELECT
  s.show_id AS show_id,
  s.title AS title,
  s.total_minutes AS published_minutes,
  SUM(p.ms_played) / 60000 AS listened_minutes
FROM `meridian-data.podcasts.shows_v1` AS s
JOIN `meridian-data.podcasts.show_plays` AS p
  ON p.show_id = s.show_id
WHERE s.launched_on < @run_date
GROUP BY 1, 2, 3
