import { CampaignFiles, CampaignSpec } from '@skein/plugin-campaigns-common';
import { stringify } from 'yaml';

/** A campaign as files to edit: its mapping tables and its guide in files of their own. */
export function specFiles(spec: CampaignSpec): Required<CampaignFiles> {
  const { datasets, guide, guideText, ...rest } = spec;
  const files: Record<string, string> = {};
  const written = datasets.map(({ mapping, ...dataset }, index) => {
    const path = `mappings/${fileName(dataset.from, index)}.yaml`;
    files[path] = stringify(mapping, withoutLines);
    return { ...dataset, mapping: path };
  });
  if (guideText !== undefined) files['guide.md'] = guideText;
  const { apiVersion, kind, name, title, ...others } = rest;
  return {
    yaml: stringify({
      apiVersion,
      kind,
      name,
      title,
      // The address of a guide that came as a file is the portal's own.
      guide: guideText === undefined ? guide : 'guide.md',
      datasets: written,
      ...others,
    }),
    files,
  };
}

/** Mapping tables know their lines in the file they came from, which nobody wrote. */
export function withoutLines(key: unknown, value: unknown): unknown {
  return key === 'line' && typeof value === 'number' ? undefined : value;
}

/** Unique among the datasets of a campaign. */
function fileName(dataset: string, index: number): string {
  const name = dataset.slice(dataset.lastIndexOf('.') + 1);
  return `${index + 1}-${name.replace(/[^\w-]/g, '_')}`;
}
