import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the git directory of `owner/name` is in a folder of checkouts. */
export function findRepository(folder, repository) {
  const [owner, name] = repository.split('/');
  const places = [
    join(folder, `${owner}+${name}`, 'repo'),
    join(folder, owner, name, '.git'),
    join(folder, `${owner}+${name}`, '.git'),
    join(folder, name, '.git'),
    join(folder, `${owner}+${name}`),
    join(folder, owner, `${name}.git`),
    join(folder, `${name}.git`),
  ];
  return places.find(place => existsSync(join(place, 'HEAD')));
}

function git(dir, args, input) {
  return execFileSync('git', [`--git-dir=${dir}`, ...args], {
    input,
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

const split = text => text.toString('utf8').split('\0').filter(Boolean);

/** Paths of the files of a commit. */
export const listFiles = (dir, commit) =>
  split(git(dir, ['ls-tree', '-r', '--name-only', '-z', '--', commit]));

/** The texts of many files of a commit, by path; what is not UTF-8 is left out. */
export function readFiles(dir, commit, paths) {
  const texts = new Map();
  if (paths.length === 0) {
    return texts;
  }
  const output = git(
    dir,
    ['cat-file', '--batch'],
    paths.map(path => `${commit}:${path}\n`).join(''),
  );
  let at = 0;
  for (const path of paths) {
    const lineEnd = output.indexOf(10, at);
    const [, type, size] = output.toString('utf8', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (type === 'blob') {
      const bytes = output.subarray(at, at + Number(size));
      const text = bytes.toString('utf8');
      if (Buffer.from(text, 'utf8').equals(bytes)) {
        texts.set(path, text);
      }
      at += Number(size) + 1;
    }
  }
  return texts;
}

/** What a commit did to the files of its parent: old path to new path, undefined where the file is gone. */
export function changedPaths(dir, parent, commit) {
  const fields = split(
    git(dir, ['diff', '-M', '--name-status', '-z', parent, commit]),
  );
  const changed = new Map();
  for (let i = 0; i < fields.length; ) {
    const status = fields[i][0];
    if (status === 'R' || status === 'C') {
      changed.set(fields[i + 1], fields[i + 2]);
      i += 3;
    } else {
      changed.set(fields[i + 1], status === 'D' ? undefined : fields[i + 1]);
      i += 2;
    }
  }
  return changed;
}
