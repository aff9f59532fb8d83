import { ReactNode, useRef, useState } from 'react';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Alert from '@material-ui/lab/Alert';
import { SpecProblem } from '@skein/plugin-campaigns-common';
import { assignFiles } from '../../campaignFiles/assignFiles';
import { namedFiles } from '../../campaignFiles/namedFiles';
import { errorMessage } from '../../data/errorMessage';
import { ProblemList } from './ProblemList';
import { SpecPreview } from './SpecPreview';
import { TextEditor } from './TextEditor';
import { UploadButton } from './UploadButton';
import { goToLine } from './goToLine';
import { markedLines } from './markedLines';
import { CampaignFilesState } from './useCampaignFiles';

/** The tab of the campaign file itself. */
const campaignTab = '';

/** A text field for the campaign file and each file that it names, with what is wrong below. */
export function CampaignFilesEditor(props: {
  state: CampaignFilesState;
  /** What else went wrong, at the end. */
  children?: ReactNode;
}) {
  const { addTexts, files, named, setYaml, validation } = props.state;
  const { yaml, files: texts } = files;
  const { result, error } = validation;
  const [unknown, setUnknown] = useState<string[]>([]);
  const [tab, setTab] = useState(campaignTab);
  const field = useRef<HTMLTextAreaElement>(null);
  const shownTab = named.includes(tab) ? tab : campaignTab;
  const problems = result?.problems ?? [];

  const goTo = ({ file, line }: SpecProblem) => {
    setTab(file && named.includes(file) ? file : campaignTab);
    // After the other text is in the field.
    setTimeout(() => field.current && line && goToLine(field.current, line));
  };

  return (
    <>
      <UploadButton
        onUpload={uploaded => {
          const assigned = assignFiles(uploaded, namedFiles, yaml);
          if (assigned.yaml !== undefined) setYaml(assigned.yaml);
          addTexts(assigned.files);
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
            : addTexts({ [shownTab]: value })
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
        {props.children}
      </div>
    </>
  );
}
