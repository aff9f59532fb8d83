module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // This package runs from its sources alone: __dirname is what it says.
    'no-restricted-syntax': 'off',
  },
  overrides: [
    {
      // Tests by another name, so that the unit tests run without them.
      files: ['src/e2e/**', 'src/testing/**'],
      rules: { 'import/no-extraneous-dependencies': 'off' },
    },
  ],
});
