import { TranscriptEntry } from '../protocol';
import { Redact } from '../redact';

/** An entry whose texts have gone through this; names and numbers stay. @public */
export function redactEntry(
  entry: TranscriptEntry,
  redact: Redact,
): TranscriptEntry {
  if (entry.kind === 'tool') {
    return {
      ...entry,
      input: redact(entry.input),
      result: redact(entry.result),
    };
  }
  return entry.text === undefined
    ? entry
    : { ...entry, text: redact(entry.text) };
}
