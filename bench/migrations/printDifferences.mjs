import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function diff(scratch, a, b) {
  writeFileSync(join(scratch, a.label), a.text);
  writeFileSync(join(scratch, b.label), b.text);
  return spawnSync('diff', ['-U0', a.label, b.label], {
    cwd: scratch,
    encoding: 'utf8',
  }).stdout;
}

/** Prints, for each file of a case that we do not reproduce, how ours differs from the maintainers'. */
export function printDifferences(index, row, { whole, pattern = '' }) {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  for (const difference of row.differences) {
    const { path, kind, wordsExact, cause, evidence, refusals } = difference;
    if (!path.includes(pattern)) {
      continue;
    }
    process.stdout.write(
      `\n=== ${index} ${path} (${kind}${wordsExact ? ', words exact' : ''}; ${
        cause ? `${cause}: ${evidence}` : 'not looked at'
      })\n`,
    );
    for (const { code, span, text, reason } of refusals) {
      process.stdout.write(
        `  refused ${code} ${span.line}: ${text.slice(0, 80)} | ${reason}\n`,
      );
    }
    const lines = diff(
      scratch,
      { label: 'theirs', text: difference.goal },
      { label: 'ours', text: difference.byUs },
    ).split('\n');
    process.stdout.write(
      `${(whole ? lines : lines.slice(2, 40)).join('\n')}\n`,
    );
  }
  rmSync(scratch, { recursive: true });
}
