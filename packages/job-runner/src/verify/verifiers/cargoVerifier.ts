import { Verifier } from '../types';
import { toolCheck } from './toolCheck';

/** Cargo without a network: tests, and form and clippy where they are configured. */
export const cargoVerifier: Verifier = {
  name: 'Cargo',
  kind: 'tool',
  files: ['Cargo.toml'],
  detect(view) {
    if (!view.names.has('Cargo.toml')) return [];
    const has = (...names: string[]) =>
      names.some(name => view.names.has(name));
    const bounds = ['--offline', ...(has('Cargo.lock') ? ['--locked'] : [])];
    const environment = {
      CARGO_TERM_COLOR: 'never',
      CARGO_TERM_PROGRESS_WHEN: 'never',
    };
    const lint = { role: 'lint' as const, environment };
    return [
      ...(has('rustfmt.toml', '.rustfmt.toml')
        ? [toolCheck(view, ['cargo', 'fmt', '--check'], lint)]
        : []),
      ...(has('clippy.toml', '.clippy.toml')
        ? [
            toolCheck(
              view,
              ['cargo', 'clippy', ...bounds, '--', '-D', 'warnings'],
              {
                ...lint,
                name: 'cargo clippy',
              },
            ),
          ]
        : []),
      toolCheck(view, ['cargo', 'test', ...bounds], {
        name: 'cargo test',
        environment,
      }),
    ];
  },
};
