import { Verifier } from '../types';
import { toolCheck } from './toolCheck';

const base = ['mvn', '--offline', '--batch-mode', '--no-transfer-progress'];

/** Maven without a network: tests, and the form where its plugins are configured. */
export const mavenVerifier: Verifier = {
  name: 'Maven',
  kind: 'tool',
  files: ['pom.xml'],
  detect(view) {
    const pom = view.read('pom.xml');
    if (pom === undefined) return [];
    const plugins = [
      ['maven-checkstyle-plugin', 'checkstyle:check'],
      ['spotless-maven-plugin', 'spotless:check'],
    ].filter(([plugin]) => pom.includes(plugin));
    return [
      ...plugins.map(([, goal]) =>
        toolCheck(view, [...base, goal], {
          name: `mvn ${goal}`,
          role: 'lint' as const,
        }),
      ),
      toolCheck(view, [...base, 'test'], { name: 'mvn test' }),
    ];
  },
};
