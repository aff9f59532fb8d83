import { useState } from 'react';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Button from '@material-ui/core/Button';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  PromptSection,
  Target,
  TargetPrompt,
} from '@skein/plugin-campaigns-common';
import { usePrompt } from '../../data/queries';
import { CodeBlock, Loadable } from '../shared';

const sections: Record<
  PromptSection['name'],
  { label: string; explanation: string }
> = {
  target: {
    label: 'This target',
    explanation:
      'What differs from target to target. A job marks what comes from the repository with an identifier of its own; here it is all zeros.',
  },
  campaign: {
    label: 'Campaign',
    explanation:
      'The same for all targets of this context revision, so it is read from the cache from the second job on.',
  },
  system: {
    label: 'System',
    explanation: 'How every agent works here, whatever the campaign.',
  },
};

/** The exact words that an agent is told, before anything is run. */
export function PromptDialog(props: {
  target: Pick<Target, 'id'>;
  /** By which it would be told; default: the current one. */
  revisionId?: string;
  open: boolean;
  onClose: () => void;
}) {
  const { onClose, open, revisionId, target } = props;
  const query = usePrompt(target, { revisionId, enabled: open });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby="prompt-title"
    >
      <DialogTitle id="prompt-title">What an agent is told</DialogTitle>
      <DialogContent>
        <Loadable
          query={query}
          skeleton={<Skeleton variant="rect" height={360} />}
        >
          {prompt => <Prompt prompt={prompt} />}
        </Loadable>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}

function Prompt(props: { prompt: TargetPrompt }) {
  const { called, commit, model, reason, templates } = props.prompt;
  const [chosen, setChosen] = useState<PromptSection['name']>('target');
  const section = props.prompt.sections.find(({ name }) => name === chosen)!;
  const all = props.prompt.sections.reduce((sum, each) => sum + each.tokens, 0);
  return (
    <>
      <Typography variant="body2" gutterBottom>
        <strong>
          {called ? `${model} would be called.` : 'No agent would be called.'}
        </strong>{' '}
        {reason}
      </Typography>
      <Typography variant="body2" color="textSecondary" gutterBottom>
        About {all.toLocaleString('en')} tokens before its first turn, its tools
        not counted. Templates {templates}, at commit {commit.slice(0, 10)}.
      </Typography>
      <Tabs
        value={chosen}
        onChange={(_event, value) => setChosen(value)}
        indicatorColor="primary"
        aria-label="Parts of the prompt"
      >
        {(Object.keys(sections) as PromptSection['name'][]).map(name => (
          <Tab
            key={name}
            value={name}
            id={`prompt-tab-${name}`}
            aria-controls="prompt-panel"
            label={sections[name].label}
          />
        ))}
      </Tabs>
      <div
        id="prompt-panel"
        role="tabpanel"
        aria-labelledby={`prompt-tab-${chosen}`}
        style={{ paddingTop: 16 }}
      >
        <Typography variant="body2" color="textSecondary" gutterBottom>
          {sections[chosen].explanation} About{' '}
          {section.tokens.toLocaleString('en')} tokens.
        </Typography>
        <CodeBlock
          label={`${sections[chosen].label} part of the prompt`}
          text={section.text}
          wrap
        />
      </div>
    </>
  );
}
