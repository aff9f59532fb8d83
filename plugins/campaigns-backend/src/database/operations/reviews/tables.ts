import { Review } from '@skein/plugin-campaigns-common';
import { DbTime } from '../../tables';

/** Rows of `reviews`. */
export interface ReviewRow {
  id: string;
  campaign_id: string;
  target_id: string;
  job_id: string;
  revision_id: string;
  patch_digest: string;
  round: number;
  outcome: Review['outcome'];
  findings: string;
  verdict: 'accept' | 'veto' | null;
  judge: string | null;
  judge_error: string | null;
  created_at: DbTime;
}
