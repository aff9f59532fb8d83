import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  AgentReport,
  ChangeReport,
  CommandReport,
} from '@skein/plugin-campaigns-common';
import { formatDuration } from '../../format/time';
import { describeTokens } from '../../format/tokens';
import { countOf } from '../../format/words';
import { agentOutcomes, commandOutcomes } from '../../states/agentOutcomes';
import { StateGroup } from '../../states/targetStates';
import { GroupLine, SectionCard } from '../shared';

const useStyles = makeStyles(theme => ({
  part: { overflowWrap: 'anywhere', '& + &': { marginTop: theme.spacing(3) } },
  list: { margin: theme.spacing(0.5, 0, 1), paddingLeft: theme.spacing(2.5) },
  heading: { fontWeight: 700, marginTop: theme.spacing(1.5) },
  output: {
    maxHeight: 240,
    overflow: 'auto',
    margin: theme.spacing(1, 0, 0),
    padding: theme.spacing(1),
    fontSize: '0.75rem',
    backgroundColor: theme.palette.action.hover,
    whiteSpace: 'pre-wrap',
  },
}));

/** What an agent, or a program of the campaign, did beyond the mapping tables. */
export function AgentCard(props: { report: ChangeReport }) {
  const { agent, commands = [] } = props.report;
  return (
    <SectionCard
      title={agent ? 'Agent' : 'Command'}
      subheader="What was done beyond the mapping tables. Each turn is in the log below."
    >
      {commands.map((command, index) => (
        <Command key={index} command={command} />
      ))}
      {agent && <Agent agent={agent} />}
    </SectionCard>
  );
}

function Agent(props: { agent: AgentReport }) {
  const classes = useStyles();
  const { agent } = props;
  const { asked, files, model, remarks, resolved, summary, turns } = agent;
  return (
    <div className={classes.part}>
      <Outcome {...agentOutcomes[agent.outcome]}>
        {turns > 0 &&
          ` after ${countOf(turns, 'turn', 'turns')} of ${
            model ?? 'the model'
          }: ${describeTokens(agent.usage)}`}
      </Outcome>
      <Typography variant="body2">{summary}</Typography>
      <List title="Changed" items={files} />
      <List
        title="Solved what the mapping tables had refused"
        items={resolved.map(describePlace)}
      />
      <List title="Left to a person" items={asked.map(describePlace)} />
      <List title="Its remarks on the instructions" items={remarks} />
    </div>
  );
}

function Command(props: { command: CommandReport }) {
  const classes = useStyles();
  const { command } = props;
  return (
    <div className={classes.part}>
      <Outcome {...commandOutcomes[command.outcome]}>
        {`: ${command.command.join(' ')}, ${formatDuration(
          command.durationMs,
        )}`}
      </Outcome>
      <Typography variant="body2">{command.summary}</Typography>
      <List title="Changed" items={command.files} />
      <List title="Not taken" items={command.left} />
      {command.output && (
        <pre
          className={classes.output}
          // Else what is out of sight cannot be reached by keys.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          role="region"
          aria-label="Output of the command"
        >
          {command.output}
        </pre>
      )}
    </div>
  );
}

function Outcome(props: {
  label: string;
  group: StateGroup;
  children: React.ReactNode;
}) {
  return (
    <GroupLine group={props.group}>
      {props.label}
      {props.children}
    </GroupLine>
  );
}

function List(props: { title: string; items: string[] }) {
  const classes = useStyles();
  if (props.items.length === 0) return null;
  return (
    <>
      <Typography variant="body2" component="h4" className={classes.heading}>
        {props.title}
      </Typography>
      <ul className={classes.list}>
        {props.items.map((item, index) => (
          <Typography key={index} variant="body2" component="li">
            {item}
          </Typography>
        ))}
      </ul>
    </>
  );
}

function describePlace(place: AgentReport['resolved'][number]): string {
  return `${place.file}:${place.span.line}: ${place.text} (${place.reason})`;
}
