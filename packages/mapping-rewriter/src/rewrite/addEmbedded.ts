import { EmbeddedText } from '../embedded/EmbeddedText';
import { SourceFile } from '../types';
import { readRegion, Region } from './Region';
import { Session } from './Session';

const FRAGMENT = 'JOIN ';

/** Reads what stands behind FROM, in a string of another language. */
export function addSources(
  session: Session,
  file: SourceFile,
  text: EmbeddedText,
): Region | undefined {
  // the word that is missing is read as if it stood before the text
  return text.start < FRAGMENT.length
    ? undefined
    : addEmbedded(session, file, {
        ...text,
        start: text.start - FRAGMENT.length,
        masked: FRAGMENT + text.masked,
      });
}

/** Reads SQL in a string of another language into the session. */
export function addEmbedded(
  session: Session,
  file: SourceFile,
  text: EmbeddedText,
): Region {
  const region = readRegion(file.path, file.content, {
    dialect: session.dialect,
    start: text.start,
    end: text.end,
    masked: text.masked,
    jinja: text.jinja,
    host: {
      forbidden: text.forbidden,
      multiline: text.multiline,
      anchor: text.anchor,
    },
  });
  session.addRegion(region);
  return region;
}
