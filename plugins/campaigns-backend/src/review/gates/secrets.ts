import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { checkEach } from './checkEach';
import { Finding, Gate, ReviewedFile } from './Gate';

/** Finds credentials in lines that a change adds, with the rules of secretlint. */
export const secrets: Gate = {
  name: 'secrets',
  check({ files }) {
    return checkEach(files, secretsIn);
  },
};

async function secretsIn(file: ReviewedFile): Promise<Finding[]> {
  if (file.added.length === 0) return [];
  // What the change adds alone: an old secret nearby is not its fault.
  const content = file.added
    .map(({ text }) => text)
    .join('\n')
    // A comment in the change must not switch its own inspection off.
    .replace(/secretlint-/gi, 'secretlint_');
  const { messages } = await lintSource({
    source: {
      filePath: file.path,
      content,
      contentType: 'text',
      ext: '',
    },
    options: {
      config: {
        rules: [
          { id: '@secretlint/secretlint-rule-preset-recommend', rule: creator },
        ],
      },
      noPhysicFilePath: true,
      maskSecrets: true,
    },
  });
  return messages.map(({ message, loc }) => ({
    file: file.path,
    line: file.added[loc.start.line - 1]?.line,
    message: `The change adds what looks like a secret: ${message}`,
  }));
}
