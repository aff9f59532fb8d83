import { Resolver } from '../resolve/Resolver';
import { OldUse } from '../resolve/Binding';
import { Item, Query, Scope, Source, TableRef } from '../sql/ast';
import { Culprit, Findings, PlannedEdit } from './Findings';
import { RenamedOutput } from './outputs';
import { localRenames } from './localRenames';
import { Region } from './Region';
import { Session } from './Session';
import { WordRename } from './wordRenames';

/** One look at the project with the decisions so far: what the parts of the analysis share. */
export class Analysis {
  readonly findings = new Findings();
  readonly resolver: Resolver;
  /** Items whose alias follows a column's new name; null where it is known not to. */
  readonly aliases = new Map<Item, RenamedOutput | null>();
  /** What the stars of a query pass on. */
  readonly flows = new Map<Query, Map<TableRef, Set<string>>>();
  /** Names whose USING becomes ON, with the source that each came from. */
  readonly merged = new Map<Scope, Map<string, Source>>();
  /** Aliases and WITH names that follow their table, by text. */
  readonly locals = new Map<Region, Map<string, WordRename>>();

  constructor(readonly session: Session) {
    this.resolver = session.resolver();
  }

  old(table: TableRef): OldUse | undefined {
    return this.session.oldUse(table);
  }

  edit(region: Region, edit: Omit<PlannedEdit, 'file'>): void {
    this.findings.edits.push({ file: region.file, ...edit });
  }

  refuse(region: Region, culprit: Omit<Culprit, 'file'>): void {
    this.findings.culprits.push({ file: region.file, ...culprit });
  }

  /** The alias under which a source can be named in the rewritten text; undefined where it has none. */
  newAlias(region: Region, source: Source): string | undefined {
    const alias = this.givenAlias(region, source);
    return (
      localRenames(this, region).get(alias?.toLowerCase() ?? '')?.newText ??
      alias
    );
  }

  private givenAlias(region: Region, source: Source): string | undefined {
    if (source.alias) {
      const { start, end, quoted } = source.alias;
      return region.content.slice(
        quoted ? start - 1 : start,
        quoted ? end + 1 : end,
      );
    }
    if (!source.table) {
      return undefined;
    }
    const use = this.old(source.table);
    if (use?.implicitAlias && this.renamesAlias(source)) {
      return use.implicitAlias.after;
    }
    const binding = this.session.bindingOf(source.table);
    return (
      binding?.implicitAlias ??
      source.table.parts[source.table.parts.length - 1]?.value
    );
  }

  /** Whether columns qualified with the table's own name must follow its new name. */
  renamesAlias(source: Source): boolean {
    if (source.alias || !source.table) {
      return false;
    }
    return this.renamesTable(source) && !this.keepsAlias(source);
  }

  private renamesTable(source: Source): boolean {
    const use = source.table && this.old(source.table);
    return (
      use?.implicitAlias !== undefined &&
      use.implicitAlias.before !== use.implicitAlias.after
    );
  }

  /** Whether a source must keep its name as an alias, since another goes by its new name already. */
  keepsAlias(source: Source): boolean {
    if (source.alias || !source.table?.scope || !this.renamesTable(source)) {
      return false;
    }
    const after = this.old(source.table)!.implicitAlias!.after.toLowerCase();
    return source.table.scope.sources.some(
      other => other !== source && this.resolver.aliasOf(other) === after,
    );
  }
}
