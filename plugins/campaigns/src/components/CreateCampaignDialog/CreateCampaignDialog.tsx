import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { Campaign, SpecProblem } from '@skein/plugin-campaigns-common';
import { assignFiles } from '../../campaignFiles/assignFiles';
import { namedFiles } from '../../campaignFiles/namedFiles';
import { errorMessage } from '../../data/errorMessage';
import { useCampaignAction } from '../../data/useCampaignAction';
import { campaignRouteRef } from '../../routes';
import { ProblemList } from './ProblemList';
import { SpecPreview } from './SpecPreview';
import { TextEditor } from './TextEditor';
import { UploadButton } from './UploadButton';
import { goToLine } from './goToLine';
import { markedLines } from './markedLines';
import { useValidation } from './useValidation';

/** The tab of the campaign file itself. */
const campaignTab = '';

/** A campaign from its files: paste or upload, see what is wrong, create. */
export function CreateCampaignDialog(props: {
  /** A campaign file to go on from. */
  draft?: string;
  onClose: () => void;
}) {
  const { draft = '', onClose } = props;
  const navigate = useNavigate();
  const campaignPath = useRouteRef(campaignRouteRef);
  const [yaml, setYaml] = useState(draft);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [unknown, setUnknown] = useState<string[]>([]);
  const [tab, setTab] = useState(campaignTab);
  const field = useRef<HTMLTextAreaElement>(null);

  const named = useMemo(() => namedFiles(yaml), [yaml]);
  const files = useMemo(
    () => ({
      yaml,
      files: Object.fromEntries(
        named
          .filter(path => texts[path] !== undefined)
          .map(path => [path, texts[path]]),
      ),
    }),
    [yaml, named, texts],
  );
  const { result, error, pending } = useValidation(files);
  const shownTab = named.includes(tab) ? tab : campaignTab;
  const problems = result?.problems ?? [];

  const create = useCampaignAction<void, Campaign>({
    act: api => api.createCampaign(files),
    describe: campaign => `${campaign.title} is drafted. Nothing runs yet.`,
    onDone: campaign => navigate(campaignPath({ name: campaign.name })),
  });

  const goTo = ({ file, line }: SpecProblem) => {
    setTab(file && named.includes(file) ? file : campaignTab);
    // After the other text is in the field.
    setTimeout(() => field.current && line && goToLine(field.current, line));
  };

  return (
    <Dialog
      open
      onClose={yaml === draft ? onClose : undefined}
      maxWidth="md"
      fullWidth
      aria-labelledby="create-title"
    >
      <DialogTitle id="create-title">Create campaign</DialogTitle>
      <DialogContent>
        <Typography variant="body2" paragraph>
          Paste the campaign file, or upload it together with its mapping tables
          and schemas. Nothing runs before somebody launches it.
        </Typography>
        <UploadButton
          onUpload={uploaded => {
            const assigned = assignFiles(uploaded, namedFiles, yaml);
            if (assigned.yaml !== undefined) setYaml(assigned.yaml);
            setTexts(current => ({ ...current, ...assigned.files }));
            setUnknown(assigned.unknown);
          }}
        />
        {unknown.length > 0 && (
          <Alert severity="warning" style={{ marginTop: 8 }}>
            The campaign file does not name {unknown.join(', ')}.
          </Alert>
        )}
        <Tabs
          value={shownTab}
          onChange={(_event, next) => setTab(next)}
          variant="scrollable"
          indicatorColor="primary"
          aria-label="Files"
        >
          <Tab value={campaignTab} label="Campaign" />
          {named.map(path => (
            <Tab
              key={path}
              value={path}
              label={texts[path] === undefined ? `${path} (missing)` : path}
              style={{ textTransform: 'none' }}
            />
          ))}
        </Tabs>
        <TextEditor
          key={shownTab}
          fieldRef={field}
          label={shownTab === campaignTab ? 'Campaign file' : shownTab}
          value={shownTab === campaignTab ? yaml : texts[shownTab] ?? ''}
          onChange={value =>
            shownTab === campaignTab
              ? setYaml(value)
              : setTexts(current => ({ ...current, [shownTab]: value }))
          }
          placeholder={
            shownTab === campaignTab
              ? 'apiVersion: skein/v1\nkind: Campaign\nname: retire-users-v1\n…'
              : undefined
          }
          marked={markedLines(problems, shownTab, named)}
        />
        <div aria-live="polite" style={{ minHeight: 72 }}>
          {error && <Alert severity="error">{errorMessage(error)}</Alert>}
          {problems.length > 0 && (
            <ProblemList problems={problems} onGoTo={goTo} />
          )}
          {result?.valid && result.spec && <SpecPreview spec={result.spec} />}
          {create.error && (
            <Alert severity="error">{errorMessage(create.error)}</Alert>
          )}
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={pending || !result?.valid || create.isPending}
          onClick={() => create.mutate()}
        >
          Create draft
        </Button>
      </DialogActions>
    </Dialog>
  );
}
