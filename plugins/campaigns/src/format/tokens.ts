import { TokenUsage } from '@skein/plugin-campaigns-common';

/** Tokens in words: `12,340 tokens in (92% from the cache), 210 out`. */
export function describeTokens(usage: TokenUsage): string {
  const read = usage.cacheRead;
  const all = usage.input + usage.cacheWrite + read;
  const share = all > 0 ? Math.round((read / all) * 100) : 0;
  const cached = share > 0 ? ` (${share}% from the cache)` : '';
  return `${all.toLocaleString(
    'en',
  )} tokens in${cached}, ${usage.output.toLocaleString('en')} out`;
}
