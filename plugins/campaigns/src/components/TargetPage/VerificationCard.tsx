import { useState } from 'react';
import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  ChangeReport,
  RepositoryRef,
  VerificationResult,
} from '@skein/plugin-campaigns-common';
import { safeAddress } from '../../format/safeAddress';
import { formatDuration } from '../../format/time';
import { StateGroup } from '../../states/targetStates';
import { DenseTable, GroupDot, SectionCard } from '../shared';
import { CheckErrors } from './CheckErrors';
import { pairChecks } from './pairChecks';

const useStyles = makeStyles(theme => ({
  row: { '& td': { verticalAlign: 'top' } },
  outcome: { display: 'flex', alignItems: 'center', gap: 6 },
  output: {
    maxHeight: 240,
    overflow: 'auto',
    margin: theme.spacing(1, 0, 0),
    padding: theme.spacing(1),
    fontSize: '0.75rem',
    backgroundColor: theme.palette.action.hover,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

const outcomes: Record<
  VerificationResult['outcome'],
  { label: string; group: StateGroup }
> = {
  passed: { label: 'Passed', group: 'done' },
  failed: { label: 'Failed', group: 'failed' },
  skipped: { label: 'Skipped', group: 'waiting' },
};

/** Each check before and after the change, side by side. */
export function VerificationCard(props: {
  report: ChangeReport;
  repository: RepositoryRef;
}) {
  const { report, repository } = props;
  const classes = useStyles();
  const checks = pairChecks(report.baseline, report.verification);
  return (
    <SectionCard
      title="Verification"
      subheader={`The same checks before and after the change. ${report.sandbox}`}
    >
      {checks.length === 0 ? (
        <Typography variant="body2">No check ran.</Typography>
      ) : (
        <DenseTable label="Verification" minWidth={640}>
          <TableHead>
            <TableRow>
              <TableCell style={{ width: '24%' }}>Check</TableCell>
              <TableCell>Before</TableCell>
              <TableCell>After</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {checks.map(({ name, source, command, before, after }) => (
              <TableRow key={name} className={classes.row}>
                <TableCell>
                  {name}
                  <Typography
                    variant="caption"
                    color="textSecondary"
                    display="block"
                  >
                    {describeSource(source, command)}
                  </Typography>
                </TableCell>
                <TableCell style={{ width: '38%' }}>
                  <Result result={before} repository={repository} />
                </TableCell>
                <TableCell style={{ width: '38%' }}>
                  <Result result={after} repository={repository} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </DenseTable>
      )}
    </SectionCard>
  );
}

function describeSource(
  source: VerificationResult['source'],
  command?: string[],
): string {
  if (source === 'ci') return 'The repository’s CI, on a scratch branch';
  if (source === 'skein') return 'By Skein';
  return `The repository’s own${command ? `: ${command.join(' ')}` : ''}`;
}

function Result(props: {
  result?: VerificationResult;
  repository: RepositoryRef;
}) {
  const classes = useStyles();
  const { result } = props;
  const errors = result?.errors ?? [];
  // Where errors were found in it, the output itself says little more.
  const [open, setOpen] = useState(
    result?.outcome === 'failed' && errors.length === 0,
  );
  if (!result) return <>Did not run</>;
  const outcome = outcomes[result.outcome];
  const address = safeAddress(result.url);
  return (
    <>
      <div className={classes.outcome}>
        <GroupDot group={outcome.group} />
        {address ? <Link to={address}>{outcome.label}</Link> : outcome.label}
        {result.durationMs > 0 && ` in ${formatDuration(result.durationMs)}`}
      </div>
      <Typography variant="body2" color="textSecondary">
        {errors.length > 0 ? undefined : result.summary}
      </Typography>
      {errors.length > 0 && (
        <CheckErrors errors={errors} repository={props.repository} />
      )}
      {result.output && (
        <>
          <Button
            size="small"
            onClick={() => setOpen(!open)}
            aria-expanded={open}
          >
            {open ? 'Hide output' : 'Show output'}
          </Button>
          {open && <pre className={classes.output}>{result.output}</pre>}
        </>
      )}
    </>
  );
}
