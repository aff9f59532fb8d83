SELECT acc.address.country AS country, pay.provider, DATE(pay.paid_at) AS day,
       SUM(pay.amount_eur) AS paid, SUM(pay.invoiced_eur) AS invoiced
FROM `meridian-data.billing.payments` pay
JOIN `meridian-data.billing.accounts` acc ON acc.account_id = pay.account_id
GROUP BY 1, 2, 3
HAVING ABS(SUM(pay.amount_eur) - SUM(pay.invoiced_eur)) > 0.005 * SUM(pay.invoiced_eur)
