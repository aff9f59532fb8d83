import { runCommand } from './runCommand';
import { serve } from './serve';

export * from '../index';
export { runCommand };

if (require.main === module) {
  const args = process.argv.slice(2);
  if (args[0] === 'serve') {
    void serve(process.stdin, process.stdout);
  } else {
    const { code, output } = runCommand(args);
    process.stdout.write(output);
    process.exitCode = code;
  }
}
