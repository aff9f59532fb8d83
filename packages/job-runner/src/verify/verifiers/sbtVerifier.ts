import { Verifier } from '../types';
import { toolCheck } from './toolCheck';

const base = [
  'sbt',
  '-Dsbt.color=false',
  '-Dsbt.supershell=false',
  '-Dsbt.offline=true',
  '-batch',
];

/** sbt without a network: tests, and scalafmt where it is configured. */
export const sbtVerifier: Verifier = {
  name: 'sbt',
  kind: 'tool',
  files: ['build.sbt', '.scalafmt.conf'],
  detect(view) {
    if (!view.names.has('build.sbt')) return [];
    const format = view.names.has('.scalafmt.conf')
      ? [
          // Its own program needs no resolution of the build.
          view.hasProgram('scalafmt')
            ? toolCheck(view, ['scalafmt', '--test'], { role: 'lint' })
            : toolCheck(view, [...base, 'scalafmtCheckAll'], {
                name: 'sbt scalafmtCheckAll',
                role: 'lint',
              }),
        ]
      : [];
    return [
      ...format,
      toolCheck(view, [...base, 'test'], { name: 'sbt test' }),
    ];
  },
};
