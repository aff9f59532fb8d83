{{
    config(
        materialized='incremental',
        incremental_strategy='insert_overwrite',
        partition_by={'field': 'activity_date', 'data_type': 'date'}
    )
}}

with sessions as (

    select * from {{ ref('stg_listening_sessions') }}
    {% if is_incremental() %}
    where session_started_at >= timestamp_sub(current_timestamp(), interval 3 day)
    {% endif %}

),

plays as (

    select * from {{ ref('stg_plays') }}
    {% if is_incremental() %}
    where played_at >= timestamp_sub(current_timestamp(), interval 3 day)
    {% endif %}

),

sessions_per_day as (

    select
        listener_id,
        date(session_started_at) as activity_date,
        count(*) as sessions,
        sum(session_minutes) as minutes
    from sessions
    group by 1, 2

),

plays_per_day as (

    select
        listener_id,
        date(played_at) as activity_date,
        count(*) as plays
    from plays
    group by 1, 2

)

select
    s.listener_id,
    s.activity_date,
    s.sessions,
    s.minutes,
    coalesce(p.plays, 0) as plays
from sessions_per_day as s
left join plays_per_day as p using (listener_id, activity_date)
