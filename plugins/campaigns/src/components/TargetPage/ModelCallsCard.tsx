import { useState } from 'react';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Skeleton from '@material-ui/lab/Skeleton';
import { ModelCall, Target } from '@skein/plugin-campaigns-common';
import { useModelCalls, useSpendCurrency } from '../../data/queries';
import { formatMoney, formatShare, formatTokens } from '../../format/money';
import { formatDuration, formatTime } from '../../format/time';
import { DenseTable, ListPagination, Loadable, SectionCard } from '../shared';

const PAGE_SIZE = 10;

const columns = ['Input', 'From cache', 'Output', 'Cost', 'Took'];

/** What the newest job asked of the model, and what each call cost; nothing where it asked nothing. */
export function ModelCallsCard(props: { target: Target; jobId: string }) {
  const { target, jobId } = props;
  const [page, setPage] = useState(0);
  const currency = useSpendCurrency(target);
  const query = useModelCalls(target, jobId, {
    offset: page * PAGE_SIZE,
    limit: PAGE_SIZE,
  });
  if (query.data?.totalItems === 0 || !currency) return null;
  return (
    <SectionCard title="Model calls">
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={120} />}
      >
        {({ items, totalItems }) => (
          <>
            <DenseTable
              label="Model calls"
              minWidth={720}
              stale={query.isPlaceholderData}
              onlyText
            >
              <TableHead>
                <TableRow>
                  <TableCell>At</TableCell>
                  <TableCell>For</TableCell>
                  <TableCell>What came</TableCell>
                  {columns.map(column => (
                    <TableCell key={column} align="right">
                      {column}
                    </TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {items.map(call => (
                  <CallRow key={call.id} call={call} currency={currency} />
                ))}
              </TableBody>
            </DenseTable>
            <ListPagination
              totalItems={totalItems}
              page={page}
              pageSize={PAGE_SIZE}
              onPage={setPage}
            />
          </>
        )}
      </Loadable>
    </SectionCard>
  );
}

function CallRow(props: { call: ModelCall; currency: string }) {
  const { call, currency } = props;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = call.tokens;
  const all = input + cacheRead + cacheWrite5m + cacheWrite1h;
  const cost = formatMoney(call.cost, currency);
  return (
    <TableRow>
      <TableCell>{formatTime(call.at)}</TableCell>
      <TableCell title={call.model}>{call.purpose}</TableCell>
      <TableCell>{describeOutcome(call)}</TableCell>
      <TableCell align="right">{formatTokens(all)}</TableCell>
      <TableCell align="right">
        {all > 0 && formatShare(cacheRead / all)}
      </TableCell>
      <TableCell align="right">{formatTokens(output)}</TableCell>
      <TableCell
        align="right"
        title={
          call.assumedCost > 0
            ? `${formatMoney(call.assumedCost, currency)} of it is assumed`
            : undefined
        }
      >
        {call.assumedCost > 0 ? `up to ${cost}` : cost}
      </TableCell>
      <TableCell align="right">
        {call.latencyMs !== undefined && formatDuration(call.latencyMs)}
      </TableCell>
    </TableRow>
  );
}

function describeOutcome(call: ModelCall): string {
  const tries = call.retries > 0 ? `, at try ${call.retries + 1}` : '';
  switch (call.outcome) {
    case undefined:
      return 'under way';
    case 'completed':
      return `${(call.stopReason ?? 'an answer').replace(/_/g, ' ')}${tries}`;
    default:
      return `${call.outcome}${tries}${
        call.message ? `: ${call.message}` : ''
      }`;
  }
}
