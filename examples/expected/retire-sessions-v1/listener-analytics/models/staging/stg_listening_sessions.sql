with source as (

    select * from {{ source('user_data', 'sessions_v2') }}

),

renamed as (

    select
        session_id,
        CAST(user_identifier AS INT64) as listener_id,
        session_start as session_started_at,
        session_end as session_ended_at,
        DIV(duration_ms, 1000) / 60 as session_minutes,
        interaction_count as number_of_events,
        platform,
        client.os_name as device_os,
        UPPER(location.country_code) as session_country,
        is_offline
    from source
    -- cars report a session for each ignition, see INS-482
    where not (platform = 'car' and DIV(duration_ms, 1000) < 5)

)

select * from renamed
