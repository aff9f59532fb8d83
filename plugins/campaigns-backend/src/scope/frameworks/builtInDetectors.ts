import { FrameworkDetector } from '@skein/plugin-campaigns-node';
import { baseName, folderOf } from '../paths';

/** Folders that tools fill with other people's code. */
const vendored = /(^|\/)(dbt_packages|dbt_modules|node_modules|target)\//;

const dbt: FrameworkDetector = {
  framework: 'dbt',
  detect: files =>
    files
      .filter(
        file =>
          /^dbt_project\.ya?ml$/.test(baseName(file)) && !vendored.test(file),
      )
      .map(folderOf),
};

/** A job file, `job.yaml`, that says what it is, or has SQL beside or below it. */
const bigQueryRunner: FrameworkDetector = {
  framework: 'bigquery-runner',
  candidates: files => files.filter(isJobFile),
  detect: (files, texts) => {
    const withSql = new Set<string>();
    for (const file of files) {
      if (!/\.sql$/i.test(file)) continue;
      for (let folder = folderOf(file); ; folder = folderOf(folder)) {
        withSql.add(folder);
        if (folder === '') break;
      }
    }
    return files.filter(isJobFile).flatMap(file => {
      const kind = /^kind:\s*["']?([\w./-]+)/m.exec(texts.get(file) ?? '')?.[1];
      const folder = folderOf(file);
      const is = kind
        ? kind.startsWith('bigquery-runner')
        : withSql.has(folder);
      return is ? [folder] : [];
    });
  },
};

function isJobFile(file: string): boolean {
  return /^job\.ya?ml$/.test(baseName(file)) && !vendored.test(file);
}

/** A build that depends on Scio; a build below another one belongs to that. */
const scio: FrameworkDetector = {
  framework: 'scio',
  candidates: files => files.filter(isBuildFile),
  detect: (files, texts) => {
    const folders = files
      .filter(
        file => isBuildFile(file) && /\bscio\b/.test(texts.get(file) ?? ''),
      )
      .map(folderOf);
    return folders.filter(
      folder => !folders.some(other => isBelow(folder, other)),
    );
  },
};

function isBuildFile(file: string): boolean {
  return (
    /^(build\.sbt|pom\.xml|build\.gradle(\.kts)?|BUILD(\.bazel)?)$/.test(
      baseName(file),
    ) && !vendored.test(file)
  );
}

function isBelow(folder: string, other: string): boolean {
  return folder !== other && (other === '' || folder.startsWith(`${other}/`));
}

/** Detectors of the frameworks that Skein knows by itself. */
export const builtInDetectors: FrameworkDetector[] = [
  dbt,
  bigQueryRunner,
  scio,
];
