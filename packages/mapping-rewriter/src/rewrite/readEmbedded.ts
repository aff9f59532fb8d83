import { Language } from '../embedded/detectLanguage';
import {
  looksLikeSources,
  looksLikeSql,
  looksLikeTable,
} from '../embedded/EmbeddedText';
import { HostLiteral } from '../embedded/HostString';
import { joinLiterals } from '../embedded/joinLiterals';
import { readJson } from '../embedded/readJson';
import { readLookml } from '../embedded/readLookml';
import { readNotebook } from '../embedded/readNotebook';
import { readPython, readPythonComments } from '../embedded/readPython';
import { readScala } from '../embedded/readScala';
import { readShell } from '../embedded/readShell';
import { readToml } from '../embedded/readToml';
import { isWritten } from '../producers/isWritten';
import { Source } from '../sql/ast';
import { SourceFile } from '../types';
import { addEmbedded, addSources } from './addEmbedded';
import { looseTable, specParts } from './looseTable';
import { emptyRegion } from './emptyRegion';
import { findMentions } from './findMentions';
import { Region } from './Region';
import { Session } from './Session';

const PROSE_KEY =
  /"(description|title|label|comment|note|summary|name|help)"\s*:\s*$/i;

/** Reads SQL and table names in the strings of another language into the session. */
export function readEmbedded(
  session: Session,
  file: SourceFile,
  language: Language,
): void {
  const { content } = file;
  if (language === 'lookml') {
    readViews(session, file);
    return;
  }
  const literals = literalsOf(content, language).filter(
    literal =>
      language !== 'json' ||
      !PROSE_KEY.test(
        content.slice(Math.max(0, literal.start - 60), literal.start),
      ),
  );
  const region = emptyRegion(session, file);
  region.code = /^(python|scala|notebook)$/.test(language);
  if (language === 'python') {
    for (const span of readPythonComments(content)) {
      region.mentions.push({ kind: 'comment', ...span });
    }
  }
  if (language === 'shell') {
    region.mentions.push({ kind: 'command', start: 0, end: content.length });
  }
  region.literals = literals;
  session.addRegion(region);
  const texts =
    language === 'notebook'
      ? readNotebook(content)
      : joinLiterals(content, literals, {
          adjacent: language === 'python',
          jinja: language !== 'scala',
        });
  for (const text of texts) {
    const plain = content.slice(text.start, text.end);
    if (session.readsMentions) {
      region.mentions.push(...findMentions(plain, text.start));
    }
    if (looksLikeTable(plain) || session.isTableName(plain)) {
      const table = looseTable(text.start, text.end);
      table.parts = specParts(plain, text.start);
      table.access =
        region.code && isWritten(content, text.start) ? 'write' : 'read';
      region.looseTables.push(table);
    } else if (looksLikeSql(text.masked)) {
      addEmbedded(session, file, text);
    } else if (looksLikeSources(plain)) {
      addSources(session, file, text);
    }
  }
}

function literalsOf(content: string, language: Language): HostLiteral[] {
  switch (language) {
    case 'python':
      return readPython(content);
    case 'scala':
      return readScala(content);
    case 'json':
      return readJson(content).filter(literal => !literal.key);
    case 'toml':
      return readToml(content);
    case 'shell':
      return readShell(content);
    default:
      return [];
  }
}

/** The dimensions of a LookML view read the view's table: `${TABLE}.user_id`. */
function readViews(session: Session, file: SourceFile): void {
  for (const view of readLookml(file.content)) {
    let source: Source | undefined;
    if (view.table) {
      const region = addSources(session, file, view.table);
      [source] = region?.tree.scopes.flatMap(scope => scope.sources) ?? [];
    }
    for (const expression of view.expressions) {
      const region: Region = addEmbedded(session, file, expression);
      for (const scope of source ? region.tree.scopes : []) {
        if (scope.sources.length === 0 && scope.kind === 'dml') {
          scope.sources.push(source!);
        }
      }
    }
    for (const query of view.queries) {
      addEmbedded(session, file, query);
    }
  }
}
