import { EventLog } from '../client/EventLog';
import { ProtocolClient } from '../client/ProtocolClient';
import { JobSpec } from '../protocol';
import { Rewriter } from '../transform/Rewriter';

/** What a job works with. */
export interface JobContext {
  spec: JobSpec;
  client: Pick<ProtocolClient, 'getSource'>;
  log: Pick<EventLog, 'phase' | 'info' | 'warn'>;
  rewriter: Rewriter;
  /** An empty folder of the job's own. */
  workFolder: string;
  /** How the job is confined, in one sentence. */
  sandbox: string;
  /** Environment of the repository's commands. */
  checkEnvironment: NodeJS.ProcessEnv;
  /** Aborted when time is over or the job was stopped. */
  signal: AbortSignal;
}
