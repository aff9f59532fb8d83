import { SourceFile } from '../types';
import { readRegion, Region } from './Region';
import { Session } from './Session';

/** A file that is no SQL itself: what it says of tables is added to its region. */
export function emptyRegion(session: Session, file: SourceFile): Region {
  const region = readRegion(file.path, file.content, {
    dialect: session.dialect,
    start: 0,
    end: 0,
    jinja: false,
  });
  region.whole = false;
  return region;
}
