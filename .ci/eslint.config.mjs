// How the programs of the views are linted: bash .ci/javascript
import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  {
    languageOptions: {sourceType: 'script', globals: globals.browser},
    rules: {
      'consistent-return': 'error',
      'eqeqeq': 'error',
      'max-len': ['error', 88],
      'no-shadow': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['formulas.js'],
    languageOptions: {sourceType: 'commonjs', globals: globals.node},
  },
];
