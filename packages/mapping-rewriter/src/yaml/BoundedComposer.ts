import { Composer, LineCounter } from 'yaml';
import { YamlLimitError, YamlLimits } from './yamlLimits';

/** Makes documents of tokens, and stops at an error too many: each costs as much as hundreds of characters. */
export class BoundedComposer extends Composer {
  constructor(
    options: ConstructorParameters<typeof Composer>[0],
    lines: LineCounter,
    limits: YamlLimits,
  ) {
    super(options);
    // eslint-disable-next-line dot-notation -- private, and the one place that all errors of a composer pass
    const report = this['onError'] as (...given: unknown[]) => void;
    let errors = 0;
    // eslint-disable-next-line dot-notation
    this['onError'] = (source: unknown, ...rest: unknown[]) => {
      errors += 1;
      if (errors > limits.errors) {
        const { line } = lines.linePos(offsetOf(source));
        throw new YamlLimitError('errors', limits, line);
      }
      report(source, ...rest);
    };
  }
}

/** Where an error is, in any of the shapes in which the library gives it. */
function offsetOf(source: unknown): number {
  if (typeof source === 'number') return source;
  if (Array.isArray(source)) return Number(source[0]) || 0;
  const { offset } = source as { offset?: unknown };
  return typeof offset === 'number' ? offset : 0;
}
