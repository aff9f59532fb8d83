import { Finding, ReviewedFile } from './Gate';

/** After so long, others get their turn. */
const TURN_MILLISECONDS = 20;

/** What a check finds in each file; between files of many, all else in the process gets its turn. */
export async function checkEach(
  files: ReviewedFile[],
  check: (file: ReviewedFile) => Finding[] | Promise<Finding[]>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let start = performance.now();
  for (const file of files) {
    findings.push(...(await check(file)));
    if (performance.now() - start < TURN_MILLISECONDS) continue;
    await new Promise(resolve => setImmediate(resolve));
    start = performance.now();
  }
  return findings;
}
