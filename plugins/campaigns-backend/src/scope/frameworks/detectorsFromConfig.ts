import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { FrameworkDetector } from '@skein/plugin-campaigns-node';
import ignore from 'ignore';
import { folderOf } from '../paths';

/**
 * Detectors by rules of the configuration: the folder of each file that a
 * pattern names belongs to the framework. Patterns are those of .gitignore.
 *
 * ```yaml
 * campaigns:
 *   frameworks:
 *     - name: airflow
 *       files: ['dags/*.py']
 * ```
 *
 * @throws InputError where a rule has no name or no patterns
 */
export function detectorsFromConfig(
  config: RootConfigService,
): FrameworkDetector[] {
  const rules = config.getOptionalConfigArray('campaigns.frameworks') ?? [];
  return rules.map(rule => {
    const framework = rule.getString('name');
    const patterns = rule.getStringArray('files');
    if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(framework)) {
      throw new InputError(
        `campaigns.frameworks: '${framework}' is no name of a framework; use up to 64 lower-case letters, digits, dots and dashes`,
      );
    }
    if (patterns.length === 0) {
      throw new InputError(
        `campaigns.frameworks: '${framework}' names no files; give at least one pattern`,
      );
    }
    const matcher = ignore().add(patterns);
    return {
      framework,
      detect: files =>
        files
          .filter(file => isPath(file) && matcher.ignores(file))
          .map(folderOf),
    };
  });
}

/** What git can hold but the matcher refuses. */
function isPath(file: string): boolean {
  return ignore.isPathValid(file);
}
