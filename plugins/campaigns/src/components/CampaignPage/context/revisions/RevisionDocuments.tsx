import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { ContextDocument } from '@skein/plugin-campaigns-common';
import { shortDatasetName } from '../../../../format/words';
import { CodeBlock, SectionCard } from '../../../shared';

/** The documents of a context, one at a time, as they are. */
export function RevisionDocuments(props: {
  documents: ContextDocument[];
  /** Name of the document to show; the first one without. */
  shown: string | undefined;
  onShow: (name: string) => void;
}) {
  const { documents, onShow } = props;
  const shown =
    documents.find(({ name }) => name === props.shown) ?? documents[0];
  return (
    <SectionCard
      title="What jobs are told"
      subheader="The prompt of a target, with all this rendered, is on the target's page."
    >
      {shown === undefined ? (
        <Typography variant="body2">
          Its words were not kept: it is older than this page.
        </Typography>
      ) : (
        <>
          <Tabs
            value={shown.name}
            onChange={(_event, name) => onShow(name)}
            indicatorColor="primary"
            variant="scrollable"
            aria-label="Documents"
          >
            {documents.map(({ name }, index) => (
              <Tab
                key={name}
                value={name}
                id={`document-tab-${index}`}
                aria-controls="document-panel"
                label={shortName(name)}
                title={name}
                style={{ textTransform: 'none', minWidth: 0, maxWidth: 'none' }}
              />
            ))}
          </Tabs>
          <div
            id="document-panel"
            role="tabpanel"
            aria-labelledby={`document-tab-${documents.indexOf(shown)}`}
            style={{ paddingTop: 16 }}
          >
            {shown.text.trim() === '' ? (
              <Typography variant="body2">Nothing is said here.</Typography>
            ) : (
              <CodeBlock
                label={shown.name}
                text={shown.text}
                wrap={shown.language === 'markdown'}
              />
            )}
          </div>
        </>
      )}
    </SectionCard>
  );
}

/** `Mapping user_data.users_v1` for a mapping between datasets with long names. */
function shortName(name: string): string {
  const mapping = /^Mapping (\S+) to \S+$/.exec(name);
  return mapping ? `Mapping ${shortDatasetName(mapping[1])}` : name;
}
