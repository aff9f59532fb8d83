SELECT
  seg.user_id,
  seg.country,
  SPLIT(seg.locale, '-')[OFFSET(0)] AS language,
  IF(seg.segment = 'podcasts', 'digest-podcasts', 'digest-music') AS template
FROM `meridian-data.growth.listener_segments` AS seg
WHERE seg.segment NOT IN ('asleep')
