import { Campaign, TargetSelection } from '@skein/plugin-campaigns-common';
import { useTargetIds } from '../../../data/queries';
import { StartEvaluationDialog } from '../context';

/** Asks which context revision is tried on the targets that are ticked. */
export function TryTargets(props: {
  campaign: Campaign;
  selection: TargetSelection;
  onClose: () => void;
}) {
  const { campaign, onClose, selection } = props;
  const targetIds = useTargetIds(campaign, selection).data;
  if (!targetIds) return null;
  return (
    <StartEvaluationDialog
      campaign={campaign}
      sample={{ targetIds }}
      onClose={onClose}
    />
  );
}
