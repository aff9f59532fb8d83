import { Verifier } from '../types';
import { toolCheck } from './toolCheck';

const files = [
  'build.gradle',
  'build.gradle.kts',
  'settings.gradle',
  'settings.gradle.kts',
];

/**
 * Gradle without a network. The wrapper would download its Gradle first, so
 * the machine's own is used where there is one.
 */
export const gradleVerifier: Verifier = {
  name: 'Gradle',
  kind: 'tool',
  files,
  detect(view) {
    if (!files.some(name => view.names.has(name))) return [];
    const script = files.map(name => view.read(name) ?? '').join('\n');
    const wrapped = !view.hasProgram('gradle') && view.isExecutable('gradlew');
    const base = [
      wrapped ? './gradlew' : 'gradle',
      ...['--offline', '--no-daemon', '--console=plain'],
    ];
    const plugins = [
      [/['"(]checkstyle\b/, 'checkstyleMain'],
      [/com\.diffplug\.spotless/, 'spotlessCheck'],
    ] as const;
    return [
      ...plugins
        .filter(([plugin]) => plugin.test(script))
        .map(([, task]) =>
          toolCheck(view, [...base, task], {
            name: `gradle ${task}`,
            role: 'lint',
          }),
        ),
      toolCheck(view, [...base, 'test'], { name: 'gradle test' }),
    ];
  },
};
