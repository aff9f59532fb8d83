import fs from 'fs';
import path from 'path';
import { StartError } from '../StartError';

/**
 * Takes a state folder for this process.
 *
 * @returns what gives it back
 * @throws StartError where another process has it
 */
export function takeLock(file: string): () => void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const holder = readHolder(file);
  if (holder !== undefined && isAlive(holder)) {
    throw new StartError(
      `Skein already runs from ${path.dirname(
        file,
      )} (process ${holder}): stop it, or use another folder with SKEIN_HOME. If there is no such process, delete ${file}.`,
    );
  }
  fs.writeFileSync(file, String(process.pid));
  return () => fs.rmSync(file, { force: true });
}

function readHolder(file: string): number | undefined {
  try {
    return Number(fs.readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
