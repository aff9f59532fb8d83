import { useMemo } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { LineageNode } from '@skein/plugin-campaigns-common';
import { NamedColor } from './useBoxColors';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(0, 0, 1),
    padding: 0,
    listStyle: 'none',
  },
  item: { display: 'flex', alignItems: 'center', gap: 6 },
  bar: { width: 6, height: 14, borderRadius: 2 },
}));

export interface LineageLegendProps {
  nodes: LineageNode[];
  colorOf: (node: LineageNode) => NamedColor;
}

/** What the colours say that are in the graph, the most frequent first. */
export function LineageLegend(props: LineageLegendProps) {
  const classes = useStyles();
  const { nodes, colorOf } = props;
  const entries = useMemo(() => {
    const counts = new Map<string, NamedColor & { count: number }>();
    for (const node of nodes) {
      const { label, color } = colorOf(node);
      const entry = counts.get(label);
      if (entry) entry.count += 1;
      else counts.set(label, { label, color, count: 1 });
    }
    return [...counts.values()].sort((a, b) => b.count - a.count);
  }, [nodes, colorOf]);
  return (
    <ul className={classes.list} aria-label="Colours">
      {entries.map(({ label, color, count }) => (
        <li key={label} className={classes.item}>
          <span
            className={classes.bar}
            style={{ backgroundColor: color }}
            aria-hidden
          />
          <Typography variant="caption">
            {label} ({count.toLocaleString('en')})
          </Typography>
        </li>
      ))}
    </ul>
  );
}
