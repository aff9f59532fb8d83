import {
  GateFinding,
  GateName,
  GatesSpec,
} from '@skein/plugin-campaigns-common';
import { RepositoryYaml } from '../../references';
import { PatchedFile } from '../../jobs/patch/parsePatch';
import { MappingFinding } from '../mapping/analyzeMapping';
import { Renames } from './renamedOnly';

/** A changed file with its texts. */
export interface ReviewedFile extends PatchedFile {
  /** Undefined for an added file, and for one that is no text. */
  before?: string;
  /** Undefined for a deleted file. */
  after?: string;
}

/** What a gate looks at. */
export interface GateInput {
  files: ReviewedFile[];
  spec: GatesSpec;
  /** Old names with their new ones, by the mapping. */
  renames: Renames;
  yaml: RepositoryYaml;
  /** What the rewriter's resolver says of the target before and after. */
  mapping: MappingFinding[];
}

/** What one gate found; the policy adds the action. */
export type Finding = Omit<GateFinding, 'gate' | 'action'>;

/** A deterministic check of a change. */
export interface Gate {
  readonly name: GateName;
  check(input: GateInput): Finding[] | Promise<Finding[]>;
}

/** A line as evidence, cut. */
export function evidenceOf(text: string): string {
  const line = text.trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
