import Link from '@material-ui/core/Link';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { CodeSearchReport } from '@skein/plugin-campaigns-common';
import { repositoryLabel } from '../../format/repository';
import { countOf } from '../../format/words';
import { DenseTable, Owner, SectionCard } from '../shared';

const mostRows = 10;

/** How much was found, by owner, by repository and by who found it. */
export function SearchCounts(props: {
  report: CodeSearchReport;
  onNarrow: (repository: string) => void;
}) {
  const { report, onNarrow } = props;
  const { owners, repositories, totals, providers } = report;
  return (
    <>
      <SectionCard title="By owner">
        <DenseTable label="Lines by owner">
          <Head first="Owner" second="Repositories" />
          <TableBody>
            {owners.slice(0, mostRows).map(owner => (
              <TableRow key={owner.ownerRef ?? ''}>
                <TableCell>
                  <Owner ownerRef={owner.ownerRef} />
                </TableCell>
                <TableCell align="right">{owner.repositories}</TableCell>
                <TableCell align="right">
                  {owner.lines.toLocaleString('en')}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </DenseTable>
        <More count={owners.length - mostRows} what="more owner" />
      </SectionCard>
      <SectionCard title="By repository">
        <DenseTable label="Lines by repository">
          <Head first="Repository" second="Files" />
          <TableBody>
            {repositories.slice(0, mostRows).map(each => {
              const label = repositoryLabel(each.repository);
              return (
                <TableRow key={`${each.repository.host}/${label}`}>
                  <TableCell style={{ overflowWrap: 'anywhere' }}>
                    {repositories.length > 1 ? (
                      <Link
                        component="button"
                        variant="body2"
                        align="left"
                        onClick={() => onNarrow(label)}
                      >
                        {label}
                      </Link>
                    ) : (
                      label
                    )}
                  </TableCell>
                  <TableCell align="right">
                    {each.files.toLocaleString('en')}
                  </TableCell>
                  <TableCell align="right">
                    {each.lines.toLocaleString('en')}
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </DenseTable>
        <More
          count={totals.repositories - mostRows}
          what="more repository"
          plural="more repositories"
        />
      </SectionCard>
      <SectionCard title="Who found it">
        {providers.map(({ id, title, lines, milliseconds, error }) => (
          <Typography key={id} variant="body2">
            {title}: {error ? 'no answer' : countOf(lines, 'line')},{' '}
            {(milliseconds / 1_000).toFixed(1)} s
          </Typography>
        ))}
      </SectionCard>
    </>
  );
}

function Head(props: { first: string; second: string }) {
  return (
    <TableHead>
      <TableRow>
        <TableCell>{props.first}</TableCell>
        <TableCell align="right">{props.second}</TableCell>
        <TableCell align="right">Lines</TableCell>
      </TableRow>
    </TableHead>
  );
}

function More(props: { count: number; what: string; plural?: string }) {
  const { count, what, plural } = props;
  if (count <= 0) return <></>;
  return (
    <Typography variant="caption" color="textSecondary">
      and {countOf(count, what, plural)}
    </Typography>
  );
}
