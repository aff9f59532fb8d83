{%- set platforms = ['ios', 'android', 'web', 'speaker'] -%}

select
    s.geo.country as listening_country
  , date_trunc(date(s.started_at), week) as week_start
  {%- for platform in platforms %}
  , sum(if(s.platform = '{{ platform }}', s.duration_seconds, 0)) / 3600 as hours_{{ platform }}
  {%- endfor %}
from {{ source('user_data', 'sessions_v1') }} as s
where s.session_id in (select session_id from {{ ref('podcast_sessions') }})
group by 1, 2
