import { Suspense, lazy, useState } from 'react';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Change } from '@skein/plugin-campaigns-common';
import { countOf } from '../../format/words';
import { DiffLayout, DiffLayoutChoice } from '../ChangeDiff';
import { SectionCard } from '../shared';

// The diff view is the heaviest part of the plugin; most pages do without.
const ChangeDiff = lazy(() =>
  import('../ChangeDiff/ChangeDiff').then(m => ({ default: m.ChangeDiff })),
);

/** What a job changed, file by file. */
export function ChangeCard(props: { targetPath: string; change: Change }) {
  const { targetPath, change } = props;
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
      action={<DiffLayoutChoice layout={layout} onLayout={setLayout} />}
    >
      <Suspense fallback={<Skeleton variant="rect" height={240} />}>
        <ChangeDiff targetPath={targetPath} change={change} layout={layout} />
      </Suspense>
    </SectionCard>
  );
}
