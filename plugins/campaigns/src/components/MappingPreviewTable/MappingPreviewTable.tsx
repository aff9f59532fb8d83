import { useState } from 'react';
import Button from '@material-ui/core/Button';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { MappingPreview } from '@skein/plugin-campaigns-common';
import { DenseTable, GroupDot } from '../shared';
import { MappingLine, mappingActions } from './mappingActions';
import { SchemaOrigins } from './SchemaOrigins';

/** A mapping of hundreds of lines begins folded. */
const mostShown = 15;

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(3) },
  code: {
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.8125rem',
    overflowWrap: 'anywhere',
  },
  before: { color: theme.palette.text.secondary },
  action: { display: 'flex', alignItems: 'center', gap: 6 },
}));

/** What each line of a mapping table does, with an example before and after. */
export function MappingPreviewTable(props: { preview: MappingPreview }) {
  const classes = useStyles();
  const { dataset, lines, problems, schemas } = props.preview;
  const [all, setAll] = useState(lines.length <= mostShown);
  return (
    <div className={classes.root}>
      <Typography
        variant="subtitle1"
        component="h4"
        gutterBottom
        className={classes.code}
      >
        {dataset.from} → {dataset.to}
      </Typography>
      <SchemaOrigins origins={schemas} />
      {problems.map((problem, index) => (
        <Alert key={index} severity={problem.severity}>
          {problem.line === undefined ? '' : `Line ${problem.line}: `}
          {problem.message}
        </Alert>
      ))}
      <DenseTable label={`Mapping of ${dataset.from}`} minWidth={920} onlyText>
        <TableHead>
          <TableRow>
            <TableCell style={{ width: '19%' }}>Old column</TableCell>
            <TableCell style={{ width: '22%' }}>New column</TableCell>
            <TableCell style={{ width: '16%' }}>What happens</TableCell>
            <TableCell>Example</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {(all ? lines : lines.slice(0, mostShown)).map(line => (
            <MappingRow key={line.from} line={line} />
          ))}
        </TableBody>
      </DenseTable>
      {!all && (
        <Button size="small" onClick={() => setAll(true)}>
          Show all {lines.length} lines
        </Button>
      )}
    </div>
  );
}

function MappingRow(props: { line: MappingLine }) {
  const classes = useStyles();
  const { line } = props;
  const action = mappingActions[line.action];
  return (
    <TableRow>
      <TableCell className={classes.code}>{line.from}</TableCell>
      <TableCell className={classes.code}>{line.to ?? '–'}</TableCell>
      <TableCell>
        <span className={classes.action}>
          <GroupDot group={action.group} />
          {action.label}
        </span>
      </TableCell>
      <TableCell>
        {line.example && (
          <div className={classes.code}>
            <div className={classes.before}>{line.example.before}</div>
            <div>{line.example.after}</div>
          </div>
        )}
        <Typography variant="caption" color="textSecondary">
          {line.description}
        </Typography>
      </TableCell>
    </TableRow>
  );
}
