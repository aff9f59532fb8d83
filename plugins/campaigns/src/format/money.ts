/**
 * An amount for people: `$4.12`, `under $0.01`. Cents are enough: the ledger
 * has the rest.
 *
 * @param currency - ISO code
 */
export function formatMoney(amount: number, currency: string): string {
  const format = (value: number) =>
    value.toLocaleString('en', { style: 'currency', currency });
  return amount > 0 && amount < 0.01 ? `under ${format(0.01)}` : format(amount);
}

/** `83 %`; never all or none where it is not so. */
export function formatShare(share: number): string {
  if (share <= 0) return '0 %';
  if (share >= 1) return '100 %';
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}

/** `1.2 M`, `380 k`, `12`. */
export function formatTokens(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  if (tokens < 1_000_000) return `${Math.round(tokens / 1_000)} k`;
  return `${(tokens / 1_000_000).toFixed(1)} M`;
}
