import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { BulkResult } from '@skein/plugin-campaigns-common';
import { countOf } from '../../format/words';
import { targetRouteRef } from '../../routes';
import {
  TargetAction,
  targetActionPresentations,
} from '../../states/targetActions';
import { withStateLabels } from './withStateLabels';
import { groupSkipped } from './groupSkipped';

/** Shown for each reason; the rest is a number. */
const mostShown = 8;

/** What a bulk action did, and what it left out and why. */
export function BulkResultList(props: {
  result: BulkResult;
  action: TargetAction;
  campaignName: string;
  labels?: ReadonlyMap<string, string>;
}) {
  const { result, action, campaignName, labels } = props;
  const targetPath = useRouteRef(targetRouteRef);
  return (
    <>
      <Alert severity={result.changed > 0 ? 'success' : 'warning'}>
        {countOf(result.changed, 'target was', 'targets were')}{' '}
        {targetActionPresentations[action].past}
        {result.skipped.length > 0 && `, ${result.skipped.length} skipped`}.
      </Alert>
      {groupSkipped(result.skipped).map(({ reason, targetIds }) => (
        <div key={reason} style={{ marginTop: 16 }}>
          <Typography variant="subtitle2">
            {countOf(targetIds.length, 'target')} skipped:{' '}
            {withStateLabels(reason)}
          </Typography>
          <ul style={{ margin: '4px 0', paddingLeft: 20 }}>
            {targetIds.slice(0, mostShown).map(targetId => (
              <li key={targetId}>
                <Link to={targetPath({ name: campaignName, targetId })}>
                  {labels?.get(targetId) ?? targetId}
                </Link>
              </li>
            ))}
            {targetIds.length > mostShown && (
              <li>and {targetIds.length - mostShown} more</li>
            )}
          </ul>
        </div>
      ))}
    </>
  );
}
