// Takes the screenshots of the documentation into docs/images: starts the
// example in a place of its own, waits until it has come to rest, and looks.
import { runMain } from './lib/terminal.mjs';
import { takeScreenshots } from './lib/screenshots.mjs';

await runMain(takeScreenshots);
