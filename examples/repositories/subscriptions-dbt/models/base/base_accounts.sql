SELECT
    a.account_id,
    a.user_id AS subscriber_id,
    a.plan AS billed_plan,
    a.address.country AS billing_country,
    a.updated_at
FROM {{ source('billing', 'accounts') }} AS a
