import { DbTime } from '../../tables';

/** Rows of `write_governor`. */
export interface WriteGovernorRow {
  identity: string;
  content_writes: string;
  last_write_at: DbTime | null;
  blocked_until: DbTime | null;
  ticket: string | null;
  held_until: DbTime | null;
}
