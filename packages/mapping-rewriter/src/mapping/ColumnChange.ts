import { ColumnMapping, RefusalCode } from '../types';
import { Transform } from './Transform';

/** What the mapping makes of one old column path. */
export type ColumnChange =
  /** Same name, same value. */
  | { kind: 'keep' }
  /** Same value under another path. */
  | { kind: 'rename'; to: string[]; line: ColumnMapping; cause: string }
  /** The old value is an expression over new columns. */
  | {
      kind: 'convert';
      transform: Transform;
      to?: string[];
      line: ColumnMapping;
      cause: string;
    }
  /** The value cannot be had; `to` is the new name where there is one. */
  | {
      kind: 'refuse';
      code: RefusalCode;
      reason: string;
      to?: string[];
      line?: ColumnMapping;
      cause: string;
    };
