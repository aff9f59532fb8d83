with source as (

    select * from {{ source('user_data', 'users_v1') }}

),

renamed as (

    select
        user_id as listener_id,
        username as handle_name,
        display_name,
        email,
        country as country_code,
        city as city_name,
        birth_year as year_of_birth,
        plan as plan_name,
        is_premium as has_paid_plan,
        signup_date as joined_on,
        device.os as last_device_os,
        device.model as last_device_model,
        updated_at
    from source
    where not is_employee

)

select * from renamed
