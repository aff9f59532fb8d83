import { CampaignSpec } from '@skein/plugin-campaigns-common';

/** The old and the new datasets of a campaign, each once. */
export function datasetsOf({
  datasets,
}: Pick<CampaignSpec, 'datasets'>): string[] {
  return [...new Set(datasets.flatMap(({ from, to }) => [from, to]))];
}
