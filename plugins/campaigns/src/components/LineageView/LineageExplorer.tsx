import {
  ReactNode,
  Suspense,
  lazy,
  useCallback,
  useRef,
  useState,
} from 'react';
import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { LineageGraph } from '@skein/plugin-campaigns-common';
import { searchLineage } from '../../lineage/lineageFilter';
import { PictureBox } from '../../lineage/types';
import { SectionCard } from '../shared';
import { LineageFilters } from './LineageFilters';
import { LineageLegend } from './LineageLegend';
import { LineageSearch } from './LineageSearch';
import { NodeDetails } from './NodeDetails';
import { PictureControls } from './PictureControls';
import { StartCampaign } from './StartCampaign';
import { LineageTable } from './table/LineageTable';
import { useExplorer } from './useExplorer';

const LineagePicture = lazy(() =>
  import('./picture/LineagePicture').then(m => ({
    default: m.LineagePicture,
  })),
);

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  grow: { flexGrow: 1 },
  picture: { position: 'relative' },
}));

export interface LineageExplorerProps {
  graph: LineageGraph;
  /** In jobs. */
  depth: number;
  /** Datasets that more can be asked of. */
  isUnknownBeyond: (id: string) => boolean;
  onLookBeyond: (id: string) => void;
  subheader: string;
  action: ReactNode;
  footer: ReactNode;
  /** Stands beside the table. */
  beside: ReactNode;
}

/** Picture and table of one graph, which show the same. */
export function LineageExplorer(props: LineageExplorerProps) {
  const classes = useStyles();
  const { graph, depth, isUnknownBeyond, onLookBeyond } = props;
  const explorer = useExplorer(graph);
  const { act, state, scene, follow } = explorer;
  const [byKey, setByKey] = useState(false);

  const select = useCallback(
    (id: string, keyed: boolean) => {
      setByKey(keyed);
      act({ type: 'select', id });
    },
    [act],
  );
  const reveal = useCallback(
    (id: string) => act({ type: 'reveal', id }),
    [act],
  );
  const expand = useCallback(
    (box: PictureBox) => {
      if (box.hidden === 0 && isUnknownBeyond(box.id)) onLookBeyond(box.id);
      act({ type: 'expand', box });
    },
    [act, isUnknownBeyond, onLookBeyond],
  );
  const collapse = useCallback(
    (box: PictureBox) => act({ type: 'collapse', box }),
    [act],
  );

  const picturePart = useRef<HTMLDivElement>(null);
  const closeDetails = () => {
    act({ type: 'select', id: undefined });
    // Back to where the details were opened from.
    const id = CSS.escape(scene.selected ?? '');
    picturePart.current
      ?.querySelector<HTMLElement>(`[data-box="${id}"] button`)
      ?.focus({ preventScroll: true });
  };

  return (
    <Grid container spacing={3}>
      <Grid item xs={12}>
        <SectionCard
          title="Lineage"
          subheader={props.subheader}
          action={props.action}
        >
          {graph.truncated && (
            <Alert severity="info" style={{ marginBottom: 16 }}>
              More was found than can be shown. Fewer steps show less.
            </Alert>
          )}
          <div className={classes.bar} role="search" aria-label="Lineage">
            <LineageSearch
              words={state.words}
              count={explorer.searched ? explorer.rows.length : undefined}
              find={() => searchLineage(explorer.left, state.words)}
              onWords={words => act({ type: 'search', words })}
              onJump={reveal}
            />
            <LineageFilters
              graph={graph}
              filter={state.filter}
              onFilter={filter => act({ type: 'filter', filter })}
            />
            <span className={classes.grow} />
            <StartCampaign explorer={explorer} depth={depth} />
          </div>
          <PictureControls explorer={explorer} />
          <LineageLegend nodes={graph.nodes} colorOf={explorer.colorOf} />
          <div className={classes.picture} ref={picturePart}>
            <Suspense fallback={<Skeleton variant="rect" height={560} />}>
              <LineagePicture
                scene={scene}
                follow={follow}
                isUnknownBeyond={isUnknownBeyond}
                onSelect={select}
                onExpand={expand}
                onCollapse={collapse}
              />
            </Suspense>
            <NodeDetails
              explorer={explorer}
              byKey={byKey}
              onClose={closeDetails}
            />
          </div>
          {props.footer}
        </SectionCard>
      </Grid>
      <Grid item xs={12} lg={8}>
        <LineageTable
          nodes={explorer.rows}
          selected={state.selected}
          onReveal={reveal}
        />
      </Grid>
      <Grid item xs={12} lg={4}>
        {props.beside}
      </Grid>
    </Grid>
  );
}
