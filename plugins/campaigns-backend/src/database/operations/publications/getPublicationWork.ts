import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { CampaignRow, ContextRevisionRow, TargetRow } from '../../tables';
import { ChangeRow } from '../jobs/tables';
import { PublicationRow } from './tables';

/** All that a publication needs to know. */
export interface PublicationWork {
  publication: PublicationRow;
  target: TargetRow;
  campaign: CampaignRow;
  change: ChangeRow;
  revision: ContextRevisionRow;
  /** Commits of ours that may be on the branch from before. */
  earlierCommits: string[];
  /** Pull requests of earlier publications of this target. */
  earlierPullRequests: number[];
}

/** @throws NotFoundError where a part has been deleted */
export async function getPublicationWork(
  knex: Knex,
  publication: PublicationRow,
): Promise<PublicationWork> {
  const target = await knex<TargetRow>('targets')
    .where({ id: publication.target_id })
    .first();
  const campaign = await knex<CampaignRow>('campaigns')
    .where({ id: publication.campaign_id })
    .first();
  const change = await knex<ChangeRow>('changes')
    .where({ id: publication.change_id })
    .first();
  const revision =
    change &&
    (await knex<ContextRevisionRow>('context_revisions')
      .where({ id: change.revision_id })
      .first());
  if (!target || !campaign || !change || !revision) {
    throw new NotFoundError(
      `The change of publication ${publication.id} is not stored any more; run the target again`,
    );
  }
  const earlier = await knex<PublicationRow>('publications')
    .where({ target_id: publication.target_id })
    .whereNot({ id: publication.id });
  return {
    publication,
    target,
    campaign,
    change,
    revision,
    earlierCommits: earlier.flatMap(row => row.head_sha ?? []),
    earlierPullRequests: earlier.flatMap(row => row.pr_number ?? []),
  };
}
