import { EventLog } from '../client/EventLog';
import { ProtocolClient } from '../client/ProtocolClient';
import { JobSpec } from '../protocol';
import { LoopbackProxy } from '../proxy/LoopbackProxy';
import { Redact } from '../redact';
import { Rewriter } from '../transform/Rewriter';

/** What a job works with. */
export interface JobContext {
  spec: JobSpec;
  client: Pick<ProtocolClient, 'getSource' | 'postReview' | 'forward'>;
  log: Pick<EventLog, 'phase' | 'info' | 'warn' | 'transcript'>;
  rewriter: Rewriter;
  /** An empty folder of the job's own. */
  workFolder: string;
  /** How the job is confined, in one sentence. */
  sandbox: string;
  /** Environment of the repository's commands. */
  checkEnvironment: NodeJS.ProcessEnv;
  /** The way to the model for programs; undefined where no program needs one. */
  proxy: LoopbackProxy | undefined;
  /** The runner as one file, for other programs to start. */
  runnerFile: string;
  redact: Redact;
  /** Aborted when time is over or the job was stopped. */
  signal: AbortSignal;
}
