import { CompiledTable } from '../mapping/CompiledTable';
import { Query, TableRef } from '../sql/ast';

export type Has = 'yes' | 'maybe' | 'no';

/** A text to put in the place of another, within one file. */
export interface TextChange {
  start: number;
  end: number;
  newText: string;
}

/** A table reference that names a deprecated dataset. */
export interface OldUse {
  mapping: CompiledTable;
  sure: boolean;
  /** What makes the reference name the successor; empty where something else does (a source's YAML entry). */
  changes: TextChange[];
  kind: 'dataset' | 'model' | 'source';
  cause: string;
  /** Why the reference cannot move whatever its columns are. */
  unclear?: string;
  /** Name that columns are qualified with where there is no alias, before and after. */
  implicitAlias?: { before: string; after: string };
  /** The source entry of a YAML file that the reference goes through. */
  sourceKey?: string;
}

/** What a table reference names. */
export interface Binding {
  table: TableRef;
  /** Path of the file that the reference stands in. */
  file: string;
  /** Dotted name; `ref:name`, `source:a.b` for what no YAML file resolves; empty where it is computed. */
  dataset: string;
  sure: boolean;
  old?: OldUse;
  /** Name that columns are qualified with where there is no alias. */
  implicitAlias?: string;
  has(column: string): Has;
  /** The query of the model that it names, where what flows out of it matters. */
  model?: Query;
}
