import { useTheme } from '@material-ui/core/styles';
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

/** Frameworks with their colours, for the legend. */
export const legendEntries: Array<{ label: string; color: ThemedColor }> = [
  { label: 'dataset', color: datasets },
  ...Object.entries(known).map(([label, color]) => ({ label, color })),
  { label: 'other', color: others },
];

/** The colour of a node: by framework, datasets in grey. */
export function useFrameworkColor(): (
  node: Pick<LineageNode, 'kind' | 'framework'>,
) => string {
  const { palette } = useTheme();
  return node => {
    if (node.kind === 'dataset') return datasets[palette.type];
    return (known[node.framework ?? ''] ?? others)[palette.type];
  };
}
