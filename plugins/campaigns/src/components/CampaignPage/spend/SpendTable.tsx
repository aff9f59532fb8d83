import { Fragment } from 'react';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import {
  CampaignSpend,
  ModelTokens,
  SpendShare,
} from '@skein/plugin-campaigns-common';
import { formatMoney, formatShare, formatTokens } from '../../../format/money';
import { DenseTable } from '../../shared';

const purposeWords: Record<string, string> = {
  agent: 'Agent',
  judge: 'Judge',
  estimate: 'Estimates',
};

const columns = ['Cost', 'Calls', 'Input', 'From cache', 'Output'];

/** What was spent, by what it was spent for. */
export function SpendTable(props: { spend: CampaignSpend }) {
  const { spend } = props;
  const groups: Array<{
    title: string;
    shares: SpendShare[];
    label: (share: SpendShare) => string;
  }> = [
    {
      title: 'Purpose',
      shares: spend.byPurpose,
      label: ({ key }) => purposeWords[key] ?? key,
    },
    { title: 'Model', shares: spend.byModel, label: ({ key }) => key },
    {
      title: 'Context revision',
      shares: spend.byRevision,
      label: ({ key }) =>
        `Revision ${
          spend.byRevision.find(share => share.key === key)?.revisionNumber
        }`,
    },
  ];
  return (
    <DenseTable label="Spent by purpose, model and revision" onlyText>
      {groups.map(({ title, shares, label }, index) => (
        <Fragment key={title}>
          <TableHead>
            <TableRow>
              <TableCell {...(index > 0 && { colSpan: columns.length + 1 })}>
                {title}
              </TableCell>
              {index === 0 &&
                columns.map(column => (
                  <TableCell key={column} align="right">
                    {column}
                  </TableCell>
                ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {shares.map(share => (
              <TableRow key={share.key}>
                <TableCell component="th" scope="row">
                  {label(share)}
                </TableCell>
                <TableCell align="right">
                  {formatMoney(share.cost, spend.currency)}
                </TableCell>
                <TableCell align="right">
                  {share.calls.toLocaleString('en')}
                </TableCell>
                <TableCell align="right">
                  {formatTokens(inputOf(share.tokens))}
                </TableCell>
                <TableCell align="right">
                  {share.cacheHitRate === undefined
                    ? ''
                    : formatShare(share.cacheHitRate)}
                </TableCell>
                <TableCell align="right">
                  {formatTokens(share.tokens.output)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Fragment>
      ))}
    </DenseTable>
  );
}

function inputOf(tokens: ModelTokens): number {
  const { input, cacheWrite5m, cacheWrite1h, cacheRead } = tokens;
  return input + cacheWrite5m + cacheWrite1h + cacheRead;
}
