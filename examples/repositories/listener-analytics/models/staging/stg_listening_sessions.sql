with source as (

    select * from {{ source('user_data', 'sessions_v1') }}

),

renamed as (

    select
        session_id,
        user_id as listener_id,
        started_at as session_started_at,
        ended_at as session_ended_at,
        duration_seconds / 60 as session_minutes,
        event_count as number_of_events,
        platform,
        device.os as device_os,
        geo.country as session_country,
        is_offline
    from source
    -- cars report a session for each ignition, see INS-482
    where not (platform = 'car' and duration_seconds < 5)

)

select * from renamed
