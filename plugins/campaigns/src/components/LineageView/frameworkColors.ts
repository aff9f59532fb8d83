import { LineageNode } from '@skein/plugin-campaigns-common';

interface ThemedColor {
  light: string;
  dark: string;
}

const known: Record<string, ThemedColor> = {
  dbt: { light: '#d9480f', dark: '#ff922b' },
  'bigquery-runner': { light: '#1c6dd0', dark: '#6ea8fe' },
  scio: { light: '#2b8a3e', dark: '#69db7c' },
};

const others: ThemedColor = { light: '#862e9c', dark: '#da77f2' };
const datasets: ThemedColor = { light: '#495057', dark: '#ced4da' };
const plainJobs: ThemedColor = { light: '#adb5bd', dark: '#868e96' };

/** The colour of a node by framework, datasets in grey. */
export function frameworkColor({
  kind,
  framework = '',
}: Pick<LineageNode, 'kind' | 'framework'>): {
  label: string;
  color: ThemedColor;
} {
  if (kind === 'dataset') return { label: 'dataset', color: datasets };
  return Object.hasOwn(known, framework)
    ? { label: framework, color: known[framework] }
    : { label: 'other', color: others };
}

/** The colour of what no campaign moves. */
export function plainColor(kind: LineageNode['kind']): ThemedColor {
  return kind === 'dataset' ? datasets : plainJobs;
}
