module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // This package runs from its sources alone: __dirname is what it says.
    'no-restricted-syntax': 'off',
  },
  overrides: [
    {
      // Tests by another name, so that the unit tests run without them.
      files: ['src/e2e/**', 'src/testing/**'],
      rules: {
        '@backstage/no-undeclared-imports': 'off',
        'jest/expect-expect': 'off',
        'jest/no-standalone-expect': [
          'error',
          { additionalTestBlockFunctions: ['step'] },
        ],
        'jest/valid-title': 'off',
      },
    },
  ],
});
