import { detectLanguage } from '../embedded/detectLanguage';
import { Resolver } from '../resolve/Resolver';
import { Region } from '../rewrite/Region';
import { Session } from '../rewrite/Session';
import { isHistory, isHistoryFile } from '../rewrite/tellsHistory';
import { TableRef } from '../sql/ast';
import { LeftoverReason, SourceFile } from '../types';
import { NamedPlace } from './mappedNames';

interface Span {
  start: number;
  end: number;
}

const holds = (outer: Span, inner: Span) =>
  outer.start <= inner.start && inner.end <= outer.end;

const OF_MENTION: Record<Region['mentions'][number]['kind'], LeftoverReason> = {
  comment: 'comment',
  documentation: 'documentation',
  data: 'data',
  command: 'command',
};

/** Says of names that are neither changed nor refused why they stay. */
export class PlaceExplainer {
  private readonly regions: Region[];
  private readonly language: string;
  private readonly resolver: Resolver;

  constructor(
    private readonly session: Session,
    private readonly file: SourceFile,
    regions: Region[],
  ) {
    this.regions = regions;
    this.language = detectLanguage(file.path, file.content);
    this.resolver = session.resolver();
  }

  explain(place: NamedPlace): LeftoverReason {
    const prose = this.prose(place);
    if (prose) {
      const { content, path } = this.file;
      return isHistoryFile(path) || isHistory(content, place.start)
        ? 'history'
        : prose;
    }
    for (const region of this.regions) {
      const reason =
        this.asMention(region, place) ??
        this.asTable(region, place) ??
        this.asColumn(region, place) ??
        asOwnName(region, place);
      if (reason) {
        return reason;
      }
    }
    return this.asText(place);
  }

  private prose(place: NamedPlace): LeftoverReason | undefined {
    for (const { comments, mentions } of this.regions) {
      if (comments.some(comment => holds(comment, place))) {
        return 'comment';
      }
      const mention = mentions.find(
        ({ kind, ...span }) =>
          /^(comment|documentation)$/.test(kind) && holds(span, place),
      );
      if (mention) {
        return OF_MENTION[mention.kind];
      }
    }
    return this.language === 'markdown' ? 'documentation' : undefined;
  }

  private asMention(
    { mentions, definitions, modelColumns }: Region,
    place: NamedPlace,
  ): LeftoverReason | undefined {
    if ([...definitions, ...modelColumns].some(it => holds(it, place))) {
      return 'definition';
    }
    const mention = mentions.find(it => holds(it, place));
    return mention && OF_MENTION[mention.kind];
  }

  private asTable(
    region: Region,
    place: NamedPlace,
  ): LeftoverReason | undefined {
    const table = [...region.tree.tables, ...region.looseTables].find(it =>
      holds(it, place),
    );
    if (!table) {
      return undefined;
    }
    return this.stays(table) ? 'stays' : 'same-name';
  }

  private asColumn(
    region: Region,
    place: NamedPlace,
  ): LeftoverReason | undefined {
    for (const scope of region.tree.scopes) {
      const ref = scope.refs.find(it => holds(it, place));
      const found = ref && this.resolver.resolve(ref);
      if (
        found?.kind === 'column' &&
        !found.qualifier.some(it => holds(it, place))
      ) {
        return this.stays(found.table) ? 'stays' : 'same-name';
      }
      if (found) {
        return 'own-name';
      }
    }
    const statement = region.tree.statements.find(it => holds(it, place));
    return statement?.writes.some(table => this.stays(table))
      ? 'stays'
      : undefined;
  }

  private stays(table: TableRef): boolean {
    return (
      this.session.bindingOf(table)?.old !== undefined &&
      this.session.oldUse(table) === undefined
    );
  }

  private asText(place: NamedPlace): LeftoverReason {
    const literal = this.regions.some(
      ({ literals, tokens }) =>
        literals.some(it => holds(it, place)) ||
        tokens.some(it => it.kind === 'string' && holds(it, place)),
    );
    if (literal) {
      return 'text';
    }
    switch (this.language) {
      case 'sql':
        return 'not-followed';
      case 'python':
      case 'scala':
      case 'notebook':
      case 'shell':
        return 'code';
      case 'csv':
        return 'data';
      default:
        return 'not-read';
    }
  }
}

/** An alias, the name of a WITH query, what a statement calls its columns. */
function asOwnName(
  { tree }: Region,
  place: NamedPlace,
): LeftoverReason | undefined {
  const own =
    tree.ctes.some(({ name }) => holds(name, place)) ||
    tree.scopes.some(
      ({ items, sources }) =>
        items.some(({ alias }) => alias && holds(alias, place)) ||
        sources.some(
          ({ alias, columnAliases }) =>
            (alias && holds(alias, place)) ||
            columnAliases.some(it => holds(it, place)),
        ),
    );
  return own || tree.named.has(place.start) ? 'own-name' : undefined;
}
