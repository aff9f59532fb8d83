import { Suspense, lazy, useState } from 'react';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { Change, Target } from '@skein/plugin-campaigns-common';
import { countOf } from '../../format/words';
import { DiffLayout } from '../ChangeDiff';
import { ChoiceButton, SectionCard } from '../shared';

// The diff view is the heaviest part of the plugin; most pages do without.
const ChangeDiff = lazy(() =>
  import('../ChangeDiff/ChangeDiff').then(m => ({ default: m.ChangeDiff })),
);

/** What the newest job changed, file by file. */
export function ChangeCard(props: { target: Target; change: Change }) {
  const { target, change } = props;
  const [layout, setLayout] = useState<DiffLayout>('split');
  if (change.patch === '') {
    return (
      <SectionCard title="Change">
        <Typography variant="body2">Nothing was changed.</Typography>
      </SectionCard>
    );
  }
  return (
    <SectionCard
      title="Change"
      subheader={`${countOf(change.filesChanged, 'file')}, ${countOf(
        change.insertions,
        'line',
      )} added, ${change.deletions} removed, on ${change.baseCommit.slice(
        0,
        10,
      )}`}
      action={
        <ToggleButtonGroup
          exclusive
          size="small"
          value={layout}
          onChange={(_event, next: DiffLayout | null) =>
            next && setLayout(next)
          }
          aria-label="Layout of the diff"
          style={{ margin: 8 }}
        >
          <ChoiceButton value="split">Side by side</ChoiceButton>
          <ChoiceButton value="unified">In one column</ChoiceButton>
        </ToggleButtonGroup>
      }
    >
      <Suspense fallback={<Skeleton variant="rect" height={240} />}>
        <ChangeDiff target={target} change={change} layout={layout} />
      </Suspense>
    </SectionCard>
  );
}
