// The house's tiers as rules: who may import whom, how large a component may grow, and what never appears.
import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const features = ['overview', 'service', 'several', 'create', 'deploy', 'editor', 'forms', 'sizes', 'invoke', 'logs', 'sandbox', 'activity', 'accounts', 'settings'];
const noTauri = { group: ['@tauri-apps/*'], message: 'Only src/bridge speaks to Tauri.' };
const noFeatures = { group: ['@/features/*'], message: 'Features meet in routes, nowhere else.' };
const noApp = { group: ['@/app/*', '@/app'], message: 'app imports features, not the other way round.' };

export default tseslint.config(
  { ignores: ['dist', 'dist-memory', 'src/bridge/generated'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  hooks.configs.flat.recommended,
  a11y.flatConfigs.strict,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': ['error', { patterns: [noTauri] }],
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text is rendered as text.' },
        { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML)$/]", message: 'Text is rendered as text.' },
        { selector: "CallExpression[callee.property.name='insertAdjacentHTML']", message: 'Text is rendered as text.' },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Warns of what the React Compiler would leave as it is; it is not used.
      'react-hooks/incompatible-library': 'off',
    },
  },
  ...features.map((name) => ({
    files: [`src/features/${name}/**`],
    rules: { 'no-restricted-imports': ['error', { patterns: [noTauri, noFeatures, noApp] }] },
  })),
  { files: ['src/shared/**'], rules: { 'no-restricted-imports': ['error', { patterns: [noTauri, noFeatures, noApp] }] } },
  { files: ['src/components/**'], rules: { 'no-restricted-imports': ['error', { patterns: [noTauri, noFeatures, noApp, { group: ['@/bridge', '@/bridge/*'], message: 'The kit knows no domain.' }] }] } },
  { files: ['src/bridge/**'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['e2e/**', 'scripts/**', '*.config.*'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
);
