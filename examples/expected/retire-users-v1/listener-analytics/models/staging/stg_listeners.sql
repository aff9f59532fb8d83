with source as (

    select * from {{ source('user_data', 'users_v2') }}

),

renamed as (

    select
        CAST(user_identifier AS INT64) as listener_id,
        handle as handle_name,
        display_name,
        email,
        UPPER(address.country_code) as country_code,
        address.city as city_name,
        EXTRACT(YEAR FROM date_of_birth) as year_of_birth,
        subscription.tier as plan_name,
        IFNULL(subscription.tier != 'free', FALSE) as has_paid_plan,
        DATE(registered_at) as joined_on,
        device.operating_system as last_device_os,
        device.model as last_device_model,
        updated_at
    from source
    where not is_employee

)

select * from renamed
