import { ConflictError } from '@backstage/errors';
import { CampaignSpec } from '@skein/plugin-campaigns-common';

/**
 * Checks what of a rollout has to stay once a campaign is launched: its waves,
 * since its targets are dealt out to them, and who approves, since one who may
 * edit could else approve the own launch.
 *
 * @throws ConflictError
 */
export function assertLaunchedRollout(
  { rollout: before }: Pick<CampaignSpec, 'rollout'>,
  { rollout: after }: Pick<CampaignSpec, 'rollout'>,
): void {
  const waves = (rollout: CampaignSpec['rollout']) =>
    JSON.stringify([
      rollout.order ?? 'spread',
      rollout.waves.map(({ name, size, share }) => [name, size, share]),
    ]);
  if (waves(before) !== waves(after)) {
    throw new ConflictError(
      'The campaign is launched: rollout.waves and rollout.order stay as they were then, since its targets are dealt out to them',
    );
  }
  const loosened =
    (before.approval === 'required' && after.approval !== 'required') ||
    (before.separateApprover && !after.separateApprover);
  if (loosened) {
    throw new ConflictError(
      'The campaign is launched: rollout.approval and rollout.separateApprover can only become stricter',
    );
  }
}
