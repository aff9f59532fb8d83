{%- set platforms = ['ios', 'android', 'web', 'speaker'] -%}

select
    UPPER(s.location.country_code) as listening_country
  , date_trunc(date(s.session_start), week) as week_start
  {%- for platform in platforms %}
  , sum(if(s.platform = '{{ platform }}', DIV(s.duration_ms, 1000), 0)) / 3600 as hours_{{ platform }}
  {%- endfor %}
from {{ source('user_data', 'sessions_v2') }} as s
where s.session_id in (select session_id from {{ ref('podcast_sessions') }})
group by 1, 2
