import { InputError } from '@backstage/errors';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { TargetScript, targetScriptSchema } from './TargetScript';

/**
 * Reads all scripts of a folder, a YAML file for each target.
 *
 * @throws InputError where one is not a script, or two are of one target
 */
export async function readScripts(folder: string): Promise<TargetScript[]> {
  const names = (await readdir(folder)).filter(name => /\.ya?ml$/.test(name));
  const scripts = new Map<string, TargetScript>();
  for (const name of names.sort()) {
    const file = join(folder, name);
    const script = toScript(await readFile(file, 'utf8'), file);
    const key = JSON.stringify(script.target);
    if (scripts.has(key)) {
      throw new InputError(`${file} is a second script of one target`);
    }
    scripts.set(key, script);
  }
  return [...scripts.values()];
}

function toScript(text: string, file: string): TargetScript {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new InputError(`${file} is not YAML: ${(error as Error).message}`);
  }
  const parsed = targetScriptSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(`${file}: ${z.prettifyError(parsed.error)}`);
}
