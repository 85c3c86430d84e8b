import eslint from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import vue from 'eslint-plugin-vue';
import typescript from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

const randomness = 'Randomness comes from a seeded generator that is handed down: same seed, same numbers.';

/** Who may import whom: a folder's name tells where its code runs and what it knows. */
const borders = [
  { target: './src/shared', from: ['./src/main', './src/preload', './src/renderer'], message: 'src/shared is imported by all sides and knows none of them.' },
  { target: './src/main/core', from: ['./src/main/engine', './src/main/hosts'], message: 'The core knows neither the engine nor its hosts.' },
  { target: './src/main/engine', from: './src/main/hosts', message: 'The engine does not know its hosts.' },
  { target: './src/main', from: ['./src/renderer', './src/preload'], message: 'The main side does not know the window.' },
  { target: './src/renderer', from: './src/main', message: 'The window reaches the main side through the contract only.' },
];

export default typescript.config(
  { ignores: ['out/', 'dist/', 'coverage/', 'node_modules/'] },
  eslint.configs.recommended,
  typescript.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.mjs', '.vue'], extensionAlias: { '.js': ['.ts', '.js'] } })] },
    rules: {
      // The compiler checks names, in JavaScript too.
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      'import-x/no-restricted-paths': ['error', { zones: borders }],
      'import-x/no-cycle': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.ts', '**/*.vue'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: typescript.parser } },
    rules: {
      // Templates are laid out by meaning: what belongs together stands on a line.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always' } }],
      'vue/first-attribute-linebreak': 'off',
      // Types say what is absent.
      'vue/require-default-prop': 'off',
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['src/**'],
    rules: { 'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: randomness }] },
  },
  {
    files: ['src/shared/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(node:|fs$|fs/|path$|os$|child_process$|worker_threads$|crypto$|stream$|buffer$|url$|util$)', message: 'src/shared does no input or output: no module of Node.' }, { regex: '^(@?vue|pinia|element-plus|electron)', message: 'src/shared knows no window.' }] },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', 'window', 'document'],
    },
  },
);
