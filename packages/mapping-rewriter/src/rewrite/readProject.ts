import { detectLanguage } from '../embedded/detectLanguage';
import { FileRewrite, SourceFile } from '../types';
import { LineIndex } from '../text/LineIndex';
import { needlesOf } from './needles';
import { readEmbedded } from './readEmbedded';
import { readRegion, Region } from './Region';
import { emptyRegion } from './emptyRegion';
import { headerNames } from './findMentions';
import { readExecuted } from './readExecuted';
import { readYamlFile } from './readYamlFile';
import { Session } from './Session';

/** Reads what may refer to a deprecated dataset into the session. Returns a refusal for each file that could not be read. */
export function readProject(
  session: Session,
  everything = session.readsEverything,
  wanted: (path: string) => boolean = () => true,
): FileRewrite[] {
  const broken: FileRewrite[] = [];
  const mayMention = everything ? () => true : needlesOf(session);
  for (const file of session.files) {
    if (!wanted(file.path) || !mayMention(file)) {
      continue;
    }
    try {
      readFile(session, file);
    } catch (error) {
      broken.push(unreadable(file, error));
    }
  }
  session.bindAll();
  return broken;
}

function readFile(session: Session, file: SourceFile): void {
  const language = detectLanguage(file.path, file.content);
  if (language === 'sql') {
    const region = readRegion(file.path, file.content, {
      dialect: session.dialect,
    });
    session.addRegion(region);
    readExecuted(session, file, region);
  } else if (language === 'yaml') {
    readYamlFile(session, file);
  } else if (language === 'markdown') {
    session.addRegion(readMarkdown(session, file));
  } else if (language === 'csv') {
    readCsv(session, file);
  } else if (language !== 'other') {
    readEmbedded(session, file, language);
  }
}

/** The header line of a CSV file names columns. */
function readCsv(session: Session, file: SourceFile): void {
  if (session.options.data === 'rename') {
    const region = emptyRegion(session, file);
    region.mentions.push(...headerNames(file.content, 0));
    session.addRegion(region);
  }
}

/** Markdown is for people, but its docs blocks have names. */
function readMarkdown(session: Session, file: SourceFile): Region {
  const region = emptyRegion(session, file);
  region.mentions.push({
    kind: 'documentation',
    start: 0,
    end: file.content.length,
  });
  for (const match of file.content.matchAll(
    /(\{%-?\s*docs\s+)(\w+)\s*-?%\}/g,
  )) {
    const start = match.index! + match[1].length;
    region.definitions.push({
      kind: 'docs',
      start,
      end: start + match[2].length,
    });
  }
  return region;
}

/** A file that stays as it is, because of a fault of ours or of its own. */
export function unreadable(file: SourceFile, error: unknown): FileRewrite {
  const lines = new LineIndex(file.content);
  return {
    path: file.path,
    edits: [],
    refusals: [
      {
        file: file.path,
        span: lines.span(0, 0),
        text: '',
        kind: 'dataset',
        code: 'unparsable',
        reason: `the file could not be read: ${
          error instanceof Error ? error.message : String(error)
        }`,
      },
    ],
    output: file.content,
  };
}
