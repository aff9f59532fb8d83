import { Suspense, lazy, useState } from 'react';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { LineageGraph } from '@skein/plugin-campaigns-common';
import { useLineage } from '../../data/queries';
import { countOf } from '../../format/words';
import { ChoiceButton, Freshness, Loadable, SectionCard } from '../shared';
import { LineageProviders } from './LineageProviders';
import { LineageTable } from './LineageTable';

const LineageGraphView = lazy(() =>
  import('./LineageGraphView').then(m => ({ default: m.LineageGraphView })),
);

/** How far lineage is read; the graph shows the first steps and opens on demand. */
const depth = 5;

type Direction = 'downstream' | 'upstream' | 'both';

/** Who reads a dataset: as a picture, and as a table with the same. */
export function LineageView(props: { dataset: string }) {
  const [direction, setDirection] = useState<Direction>('downstream');
  const query = useLineage({ dataset: props.dataset, direction, depth });
  return (
    <Grid container spacing={3}>
      <Grid item xs={12}>
        <SectionCard
          title="Lineage"
          subheader={query.data ? describe(query.data) : ' '}
          action={
            <ToggleButtonGroup
              exclusive
              size="small"
              value={direction}
              onChange={(_event, next: Direction | null) =>
                next && setDirection(next)
              }
              aria-label="Direction"
              style={{ margin: 8 }}
            >
              <ChoiceButton value="upstream">Upstream</ChoiceButton>
              <ChoiceButton value="downstream">Downstream</ChoiceButton>
              <ChoiceButton value="both">Both</ChoiceButton>
            </ToggleButtonGroup>
          }
        >
          <Loadable
            query={query}
            skeleton={<Skeleton variant="rect" height={420} />}
          >
            {graph =>
              graph.nodes.length <= 1 ? (
                <Typography variant="body2">
                  No source of lineage knows a consumer of this dataset. Code
                  search in a campaign may still find some.
                </Typography>
              ) : (
                <>
                  {graph.truncated && (
                    <Alert severity="info" style={{ marginBottom: 16 }}>
                      More was found than can be shown.
                    </Alert>
                  )}
                  <Suspense fallback={<Skeleton variant="rect" height={420} />}>
                    <LineageGraphView graph={graph} />
                  </Suspense>
                </>
              )
            }
          </Loadable>
          <Freshness query={query} />
        </SectionCard>
      </Grid>
      {query.data && query.data.nodes.length > 1 && (
        <Grid item xs={12} lg={8}>
          <LineageTable graph={query.data} />
        </Grid>
      )}
      <Grid item xs={12} lg={4}>
        <LineageProviders />
      </Grid>
    </Grid>
  );
}

function describe({ summary }: LineageGraph): string {
  const frameworks = Object.entries(summary.byFramework)
    .map(([framework, count]) => `${count} ${framework}`)
    .join(', ');
  return `${countOf(summary.direct, 'direct consumer')}, ${
    summary.indirect
  } indirect, ${countOf(summary.owners, 'owner')}, ${countOf(
    summary.deepest,
    'step',
  )} at most${frameworks ? ` (${frameworks})` : ''}`;
}
