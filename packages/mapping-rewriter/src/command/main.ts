import { runCommand } from './runCommand';

export * from '../index';
export { runCommand };

if (require.main === module) {
  const { code, output } = runCommand(process.argv.slice(2));
  process.stdout.write(output);
  process.exitCode = code;
}
