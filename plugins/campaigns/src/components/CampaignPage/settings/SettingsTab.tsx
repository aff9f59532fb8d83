import { useMemo } from 'react';
import Box from '@material-ui/core/Box';
import Grid from '@material-ui/core/Grid';
import Skeleton from '@material-ui/lab/Skeleton';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { Campaign } from '@skein/plugin-campaigns-common';
import { stringify } from 'yaml';
import { useRevisions, useSystemStatus } from '../../../data/queries';
import { formatTime } from '../../../format/time';
import {
  CodeBlock,
  DenseTable,
  Loadable,
  Owner,
  SectionCard,
} from '../../shared';

/** The campaign as it was written, its revisions, and where its jobs run. */
export function SettingsTab(props: { campaign: Campaign }) {
  const { campaign } = props;
  const revisions = useRevisions(campaign);
  const status = useSystemStatus();
  const yaml = useMemo(
    () => stringify(campaign.spec, withoutLines),
    [campaign.spec],
  );
  return (
    <Grid container spacing={3}>
      <Grid item xs={12} lg={7}>
        <SectionCard
          title="Campaign"
          subheader={`As of context revision ${campaign.revisionNumber}`}
        >
          <CodeBlock label="Campaign file" text={yaml} />
        </SectionCard>
      </Grid>
      <Grid item xs={12} lg={5}>
        <SectionCard title="Context revisions">
          <Typography variant="body2" color="textSecondary" paragraph>
            A revision is what jobs are told: mapping tables and prompt, never
            changed once made. Each job names the one that it used.
          </Typography>
          <Loadable
            query={revisions}
            skeleton={<Skeleton variant="rect" height={120} />}
          >
            {({ items }) => (
              <DenseTable label="Context revisions">
                <TableHead>
                  <TableRow>
                    <TableCell>No.</TableCell>
                    <TableCell>Made</TableCell>
                    <TableCell>By</TableCell>
                    <TableCell>Digest</TableCell>
                  </TableRow>
                </TableHead>
                <TableBody>
                  {items.map(revision => (
                    <TableRow key={revision.id}>
                      <TableCell>{revision.number}</TableCell>
                      <TableCell>{formatTime(revision.createdAt)}</TableCell>
                      <TableCell>
                        <Owner
                          ownerRef={revision.createdBy}
                          defaultKind="user"
                        />
                      </TableCell>
                      <TableCell title={revision.digest}>
                        <code style={{ whiteSpace: 'nowrap' }}>
                          {revision.digest.slice(0, 12)}
                        </code>
                      </TableCell>
                    </TableRow>
                  ))}
                </TableBody>
              </DenseTable>
            )}
          </Loadable>
        </SectionCard>
        <Box mt={3}>
          <SectionCard title="Where jobs run">
            <Loadable
              query={status}
              skeleton={<Skeleton variant="rect" height={60} />}
            >
              {({ executor, forges, codeSearch, model }) => (
                <>
                  <Typography variant="body2" paragraph>
                    Executor {executor.id}: {executor.runningJobs} of{' '}
                    {executor.concurrency} running. {executor.sandbox}
                  </Typography>
                  <Typography variant="body2" paragraph>
                    Forges:{' '}
                    {forges
                      .map(({ title, host }) =>
                        title.includes(host) ? title : `${title} (${host})`,
                      )
                      .join(', ') || 'none'}
                    . Code search:{' '}
                    {codeSearch.map(({ title }) => title).join(', ') || 'none'}.
                  </Typography>
                  <Typography variant="body2">{model.message}</Typography>
                </>
              )}
            </Loadable>
          </SectionCard>
        </Box>
      </Grid>
    </Grid>
  );
}

/** Mapping tables know their lines in the file they came from, which nobody wrote. */
function withoutLines(key: unknown, value: unknown): unknown {
  return key === 'line' && typeof value === 'number' ? undefined : value;
}
