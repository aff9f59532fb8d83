import { Confidence, Edit, RefusalCode } from '../types';
import { TableRef } from '../sql/ast';

/** A change that one look at the project came to. */
export interface PlannedEdit {
  file: string;
  start: number;
  end: number;
  newText: string;
  kind: Edit['kind'];
  cause: string;
  reason: string;
  confidence: Confidence;
}

/** Why references must stay on the old dataset. */
export interface Culprit {
  file: string;
  start: number;
  end: number;
  kind: 'dataset' | 'column' | 'model' | 'source' | 'function' | 'macro';
  code: RefusalCode;
  reason: string;
  cause?: string;
  /** The references that stay because of it. */
  tables: TableRef[];
}

/** What one look at the project found. */
export class Findings {
  readonly edits: PlannedEdit[] = [];
  readonly culprits: Culprit[] = [];
  /** Tables whose star must be written out. */
  readonly expansions = new Set<TableRef>();
}
