SELECT
  @month AS month,
  t.rights_holder_id,
  t.isrc,
  pt.territory,
  pt.rate_card,
  COUNT(*) AS streams
FROM `meridian-data.finance.play_territories` AS pt
JOIN `meridian-data.music_catalog.tracks` AS t
  ON t.track_id = pt.track_id
GROUP BY 1, 2, 3, 4, 5
