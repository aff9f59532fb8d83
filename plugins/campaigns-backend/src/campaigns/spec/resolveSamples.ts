import {
  CampaignDataset,
  sampleBounds,
  SampleTable,
  SpecProblem,
} from '@skein/plugin-campaigns-common';
import { Schemas } from '@skein/mapping-rewriter';
import { LocatedDocument } from './LocatedDocument';
import { parseSampleTable } from './parseSampleTable';
import { error, missingFile } from './specProblems';
import { WrittenCampaign } from './validateCampaignFile';

/**
 * Reads the sample rows of a dataset with the files that it names.
 *
 * @param pointer - JSON pointer of the dataset in the campaign file
 * @returns by the dataset's name; undefined where it has none
 */
export function resolveSamples(
  { from, samples: written, to }: WrittenCampaign['datasets'][number],
  pointer: string,
  document: LocatedDocument,
  files: { get(path: string): string | undefined },
  { problems, schemas }: { schemas: Schemas; problems: SpecProblem[] },
): Record<string, SampleTable> | undefined {
  if (!written) return undefined;
  const samples: Record<string, SampleTable> = {};
  for (const [side, value] of Object.entries(written)) {
    const dataset = { from, to }[side] ?? side;
    const path = `${pointer}/samples/${side}`;
    const file = typeof value === 'string' ? value : undefined;
    const content = file === undefined ? value : files.get(file);
    if (content === undefined) {
      problems.push(missingFile(document, path, file!));
      continue;
    }
    try {
      samples[dataset] = parseSampleTable(content, file, schemas[dataset]);
    } catch (cause) {
      problems.push({
        ...error((cause as Error).message),
        ...(file ? { file } : document.locate(path)),
        path,
      });
    }
  }
  const names = Object.keys(written).map(side => ({ from, to }[side] ?? side));
  const missing = [from, to].find(dataset => !names.includes(dataset));
  if (missing !== undefined) {
    problems.push({
      ...error(
        `There are no sample rows of ${missing}; the old and the new dataset need rows of the same facts`,
      ),
      ...document.locate(`${pointer}/samples`),
      path: `${pointer}/samples`,
    });
  }
  return samples;
}

/** All of them go to every job. */
export function samplesTooLarge(datasets: CampaignDataset[]): SpecProblem[] {
  const size = datasets.reduce(
    (sum, { samples }) => sum + (samples ? JSON.stringify(samples).length : 0),
    0,
  );
  return size > sampleBounds.totalCharacters
    ? [
        {
          ...error(
            `The sample rows of all datasets take ${size} characters as JSON; at most ${sampleBounds.totalCharacters} can be kept`,
          ),
          path: '/datasets',
        },
      ]
    : [];
}
