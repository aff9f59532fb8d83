import { Turns } from '../../loop/Turns';
import { Finding, ReviewedFile } from './Gate';

/** What a check finds in each file; between files, all else in the process gets its turn. */
export async function checkEach(
  files: ReviewedFile[],
  check: (file: ReviewedFile) => Finding[] | Promise<Finding[]>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const turns = new Turns();
  for (const file of files) {
    findings.push(...(await check(file)));
    await turns.next();
  }
  return findings;
}
