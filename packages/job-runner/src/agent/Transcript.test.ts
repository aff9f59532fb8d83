import fc from 'fast-check';
import { protocolLimits, TranscriptEntry } from '../protocol';
import { fitEntry } from './Transcript';

describe('fitEntry', () => {
  it('brings every entry into the bounds of an event, and leaves what fits', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc
        .tuple(
          fc.constantFrom('x', '"', '\u0000', '日'),
          fc.integer({ max: 40_000, min: 0 }),
        )
        .map(([character, count]) => character.repeat(count)),
    );
    fc.assert(
      fc.property(text, text, (input, result) => {
        const entry: TranscriptEntry = {
          kind: 'tool',
          turn: 1,
          name: 'read_file',
          input,
          result,
          resultBytes: 7,
          failed: false,
          durationMs: 1,
        };
        const bytes = (each: object) => Buffer.byteLength(JSON.stringify(each));
        const fitted = fitEntry(entry);
        expect(bytes(fitted)).toBeLessThanOrEqual(
          protocolLimits.transcriptBytes,
        );
        const fits = bytes(entry) <= protocolLimits.transcriptBytes;
        expect(JSON.stringify(fitted) === JSON.stringify(entry)).toBe(fits);
      }),
    );
  });
});
