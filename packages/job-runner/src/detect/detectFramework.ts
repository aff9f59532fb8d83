import { isBigQueryRunnerJob } from './isBigQueryRunnerJob';

/** A text file, path relative to the folder that is looked at. @public */
export interface DetectableFile {
  path: string;
  content: string;
}

interface Detector {
  framework: string;
  detect(files: DetectableFile[]): boolean;
}

const detectors: Detector[] = [
  {
    framework: 'dbt',
    detect: files =>
      files.some(file => /(^|\/)dbt_project\.ya?ml$/.test(file.path)),
  },
  {
    framework: 'bigquery-runner',
    detect: files => files.some(isBigQueryRunnerJob),
  },
  {
    framework: 'scio',
    detect: files =>
      files.some(
        file =>
          /(^|\/)[^/]*\.sbt$/.test(file.path) &&
          /"com\.spotify"\s*%%\s*"scio-/.test(file.content),
      ),
  },
];

/**
 * The framework of a pipeline, from the contents of its folder.
 *
 * @returns undefined where it is none that is known
 * @public
 */
export function detectFramework(files: DetectableFile[]): string | undefined {
  return detectors.find(detector => detector.detect(files))?.framework;
}
