import { EmbeddedText } from '../embedded/EmbeddedText';
import { SourceFile } from '../types';
import { readRegion, Region } from './Region';
import { Session } from './Session';

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
