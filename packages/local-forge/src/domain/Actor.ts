import { AccountRow, AppRow, InstallationRow } from '../store/rows';

/** Who makes a request. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'user'; account: AccountRow }
  | {
      kind: 'installation';
      app: AppRow;
      installation: InstallationRow;
      /** The bot that the changes are made by */
      account: AccountRow;
      repositoryIds?: number[];
      permissions: Record<string, string>;
    }
  | { kind: 'app'; app: AppRow };

/** The key that rate limits are counted under. */
export function identityOf(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return `user:${actor.account.id}`;
    case 'installation':
      return `installation:${actor.installation.id}`;
    case 'app':
      return `app:${actor.app.id}`;
    default:
      return 'anonymous';
  }
}
