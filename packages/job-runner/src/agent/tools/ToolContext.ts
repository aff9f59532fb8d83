import { MappingTable, Refusal } from '@skein/mapping-rewriter';
import { Workspace } from '../../checkout/Workspace';
import { CommandAllowlist } from '../../command/CommandAllowlist';

/** What the tools of one job work with. */
export interface ToolContext {
  workspace: Workspace;
  /** Verifies the workspace as it is. */
  verify(): Promise<{ ok: boolean; text: string }>;
  /** Commands that may be run. */
  allowlist: CommandAllowlist;
  /** Environment of these commands. */
  environment: NodeJS.ProcessEnv;
  mappings: MappingTable[];
  guideUrl?: string;
  /** Bytes of one answer. */
  outputBytes: number;
  signal: AbortSignal;
  /** Places that were left to a person. */
  asked: Refusal[];
  /** Set by `finish`. */
  finished?: { summary: string; remarks: string[] };
}
