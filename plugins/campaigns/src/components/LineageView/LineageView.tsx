import { ReactNode, useRef, useState } from 'react';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { useLineage } from '../../data/queries';
import { Freshness, Loadable, SectionCard } from '../shared';
import { LineageExplorer } from './LineageExplorer';
import { LineageProviders } from './LineageProviders';
import { LineageQuestion, firstQuestion } from './LineageQuestion';
import { describeImpact } from './describeImpact';
import { useLineageBeyond } from './useLineageBeyond';

/** Who reads a dataset: as a picture, and as a table with the same. */
export function LineageView(props: { dataset: string }) {
  const { dataset } = props;
  const [question, setQuestion] = useState(firstQuestion);
  const query = useLineage({ dataset, ...question });
  const beyond = useLineageBeyond(query.data, question);
  const ask = <LineageQuestion question={question} onQuestion={setQuestion} />;
  const freshness = <Freshness query={query} />;
  // Another question is another picture, from when its answer is there.
  const shown = useRef('');
  if (!query.isPlaceholderData) shown.current = JSON.stringify(question);

  if (beyond.graph && beyond.graph.nodes.length > 1) {
    return (
      <div aria-busy={query.isPlaceholderData}>
        <LineageExplorer
          key={shown.current}
          graph={beyond.graph}
          depth={question.depth}
          isUnknownBeyond={beyond.isUnknownBeyond}
          onLookBeyond={beyond.lookBeyond}
          subheader={describeImpact(beyond.graph, question.direction)}
          action={ask}
          footer={freshness}
          beside={<LineageProviders />}
        />
      </div>
    );
  }
  return (
    <Framed action={ask} footer={freshness}>
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={560} />}
      >
        {() => (
          <Typography variant="body2">
            {question.direction === 'upstream'
              ? 'No source of lineage knows what this dataset is made from.'
              : 'No source of lineage knows a consumer of this dataset. Code search in a campaign may still find some.'}
          </Typography>
        )}
      </Loadable>
    </Framed>
  );
}

function Framed(props: {
  action: ReactNode;
  footer: ReactNode;
  children: ReactNode;
}) {
  return (
    <Grid container spacing={3}>
      <Grid item xs={12}>
        <SectionCard title="Lineage" subheader=" " action={props.action}>
          {props.children}
          {props.footer}
        </SectionCard>
      </Grid>
      <Grid item xs={12} lg={4}>
        <LineageProviders />
      </Grid>
    </Grid>
  );
}
