// Writes the templates into a module, so that they are there wherever the code
// is: in a bundle, in a test, in the backend. Run it after a template changed.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'templates');
const target = join(root, 'src', 'templates.ts');

const versions = {};
for (const version of (await readdir(folder)).sort()) {
  versions[version] = {};
  for (const file of (await readdir(join(folder, version))).sort()) {
    const text = await readFile(join(folder, version, file), 'utf8');
    versions[version][file.replace(/\.md$/, '')] = text.split('\n');
  }
}

const source = `/* The files of templates/, written by \`yarn embed\`: change those, not this. */

/** Lines of each template, by version and name. */
export const templates: Record<string, Record<string, string[]>> = ${JSON.stringify(
  versions,
)};
`;
const options = await prettier.resolveConfig(target);
const text = prettier.format(source, { ...options, parser: 'typescript' });
// A test looks whether the module is what the templates say.
if (process.argv.includes('--print')) process.stdout.write(text);
else await writeFile(target, text);
