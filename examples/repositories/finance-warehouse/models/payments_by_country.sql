SELECT a.address.country,
       a.user_id,
       DATE_TRUNC(DATE(p.paid_at), MONTH) AS month,
       SUM(p.amount_eur) AS amount_eur
  FROM {{ source('billing', 'payments') }} p
  JOIN {{ source('billing', 'accounts') }} a USING (account_id)
 WHERE p.status = 'settled'
 GROUP BY 1, 2, 3
