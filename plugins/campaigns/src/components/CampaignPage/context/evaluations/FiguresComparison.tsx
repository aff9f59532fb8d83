import { Link } from '@backstage/core-components';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Alert from '@material-ui/lab/Alert';
import { Campaign, Evaluation } from '@skein/plugin-campaigns-common';
import { DenseTable, GroupLine, SectionCard } from '../../../shared';
import { useContextPaths } from '../useContextPaths';
import { ComparedFigure, compareFigures } from './compareFigures';

/** The figures of two evaluations, with their differences. */
export function FiguresComparison(props: {
  campaign: Campaign;
  base: Evaluation;
  head: Evaluation;
}) {
  const { base, campaign, head } = props;
  const running = [base, head].filter(({ state }) => state === 'running');
  return (
    <SectionCard title="Figures" noPadding>
      {running.length > 0 && (
        <Alert severity="info" style={{ margin: 16 }}>
          Evaluation {running.map(({ number }) => number).join(' and ')} has not
          ended: its figures will change.
        </Alert>
      )}
      <DenseTable label="Figures of both evaluations">
        <TableHead>
          <TableRow>
            <TableCell>Figure</TableCell>
            {[base, head].map((evaluation, index) => (
              <TableCell key={index} align="right">
                <Name campaign={campaign} evaluation={evaluation} />
              </TableCell>
            ))}
            <TableCell align="right">Difference</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {compareFigures(base, head).map(figure => (
            <TableRow key={figure.label}>
              <TableCell component="th" scope="row">
                {figure.label}
              </TableCell>
              <TableCell align="right">{figure.base}</TableCell>
              <TableCell align="right">{figure.head}</TableCell>
              <TableCell align="right">
                <Difference figure={figure} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </DenseTable>
    </SectionCard>
  );
}

function Name(props: { campaign: Campaign; evaluation: Evaluation }) {
  const { campaign, evaluation } = props;
  const paths = useContextPaths(campaign.name);
  return (
    <Link to={paths.evaluation(evaluation.id)}>
      Revision {evaluation.revisionNumber} (evaluation {evaluation.number})
    </Link>
  );
}

function Difference(props: { figure: ComparedFigure }) {
  const { difference, verdict } = props.figure;
  if (!verdict) return <>{difference}</>;
  return (
    <span style={{ display: 'inline-block' }}>
      <GroupLine group={verdict === 'better' ? 'done' : 'failed'}>
        {difference} {verdict}
      </GroupLine>
    </span>
  );
}
