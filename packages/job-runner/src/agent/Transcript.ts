import { EventLog } from '../client/EventLog';
import { cutText } from '../process/cutText';
import { protocolLimits, TranscriptEntry } from '../protocol';
import { Redact } from '../redact';
import { redactEntry } from './redactEntry';

const NARROWER = 0.6;

/** Tells the backend each turn and tool call of an agent, redacted and within the bounds of an event. */
export class Transcript {
  readonly #log: Pick<EventLog, 'transcript'>;
  readonly #redact: Redact;

  constructor(log: Pick<EventLog, 'transcript'>, redact: Redact) {
    this.#log = log;
    this.#redact = redact;
  }

  add(entry: TranscriptEntry): void {
    const redacted = redactEntry(entry, this.#redact);
    this.#log.transcript(describe(redacted), fitEntry(redacted));
  }
}

/** An entry whose texts are cut until it fits into an event. */
export function fitEntry(entry: TranscriptEntry): TranscriptEntry {
  const limit: number = protocolLimits.transcriptBytes;
  let fitted = entry;
  for (
    let bytes = limit;
    Buffer.byteLength(JSON.stringify(fitted)) > limit && bytes > 16;
    bytes = Math.floor(bytes * NARROWER)
  ) {
    const most = bytes;
    fitted = redactEntry(entry, text => cutText(text, most));
  }
  return fitted;
}

function describe(entry: TranscriptEntry): string {
  if (entry.kind === 'turn') {
    const { input, output, cacheRead, cacheWrite } = entry.usage;
    const tokens = input + cacheRead + cacheWrite;
    return `Turn ${entry.turn}: ${tokens} tokens in, ${output} out, ${entry.stopReason}`;
  }
  const how = entry.failed ? ' failed' : '';
  return `${entry.name}${how}: ${entry.resultBytes} bytes`;
}
