import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

/** Tauri is reached through one door (src/lib/api). */
const oneDoor = {
  'no-restricted-imports': [
    'error',
    { patterns: [{ group: ['@tauri-apps/*', '**/bindings'], message: 'Only src/lib/api talks to Tauri.' }] },
  ],
};

export default ts.config(
  { ignores: ['dist/', 'src/lib/bindings.ts', 'node_modules/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    // TypeScript itself knows which names exist.
    rules: { 'no-undef': 'off', 'svelte/no-inline-styles': 'error', 'svelte/no-at-html-tags': 'error', ...oneDoor },
  },
  { files: ['src/lib/api/**'], rules: { 'no-restricted-imports': 'off' } },
);
