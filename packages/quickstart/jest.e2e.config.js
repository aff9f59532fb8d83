// The end-to-end tests: apart from the others because each starts everything,
// and they would stand in each other's way.
const base = require('@backstage/cli/config/jest');

module.exports = Promise.resolve(base).then(config => ({
  ...config,
  testMatch: ['**/*.e2e.ts'],
}));
