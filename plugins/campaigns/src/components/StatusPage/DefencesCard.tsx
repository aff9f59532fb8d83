import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { SystemStatus } from '@skein/plugin-campaigns-common';
import { DenseTable, GroupLine, SectionCard } from '../shared';

/** The defences that depend on the machine, those that do not hold first. */
export function DefencesCard(props: { executor: SystemStatus['executor'] }) {
  const { defences, id, sandbox } = props.executor;
  const missing = defences.filter(each => !each.holds);
  const rows = [...missing, ...defences.filter(each => each.holds)];
  return (
    <SectionCard
      title="What confines jobs"
      subheader={
        missing.length > 0
          ? `Missing on this machine: ${missing.length} of ${defences.length}`
          : undefined
      }
    >
      {rows.length === 0 ? (
        <Typography variant="body2">
          The executor {id} does not list its defences. It says: {sandbox}
        </Typography>
      ) : (
        <DenseTable label="What confines jobs" onlyText>
          <TableHead>
            <TableRow>
              <TableCell>Defence</TableCell>
              <TableCell>Holds here</TableCell>
              <TableCell>What that means</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ id: key, title, holds, description }) => (
              <TableRow key={key}>
                <TableCell component="th" scope="row">
                  {title}
                </TableCell>
                <TableCell>
                  <GroupLine group={holds ? 'done' : 'attention'}>
                    {holds ? 'Yes' : 'No'}
                  </GroupLine>
                </TableCell>
                <TableCell>{description}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </DenseTable>
      )}
    </SectionCard>
  );
}
