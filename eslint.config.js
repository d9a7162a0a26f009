import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const HOUSE = ['src-main', 'src-renderer', 'src-preload', 'src-server'];

/** Shared code is pure: it may not reach for a process, a window or a machine. */
const machineImports = {
  regex: '^(node:|electron$|better-sqlite3|keytar|fastify|kysely|svelte)',
  message: 'src-shared has no Node, DOM or Electron: pass it in.',
};

/** The import rule of the house: every process imports itself and src-shared, nothing else. */
function importsOf(folder) {
  const others = HOUSE.filter((other) => other !== folder).join('|');
  const patterns = [
    {
      regex: `(^|/)(${others}|test|scripts)/`,
      message: `${folder} imports only itself and src-shared.`,
    },
  ];
  if (folder === 'src-shared') patterns.push(machineImports);
  return { files: [`${folder}/**/*.{ts,svelte}`], rules: restricted(patterns) };
}

function restricted(patterns) {
  return { 'no-restricted-imports': ['error', { patterns }] };
}

/** The ways out of this machine: only the rooms that judge each request, or speak for the person, may use them. */
const WAYS_OUT = {
  modules: {
    regex:
      '^((node:)?(http|https|http2|net|tls|dgram|dns)(/promises)?|undici|ws|got|axios|node-fetch)$|^@opentelemetry/exporter-',
    message: 'Everything goes out through src-main/api or the gate (docs/gate.md).',
  },
  globals: ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'WebTransport'].map((name) => ({
    name,
    message: 'Everything goes out through src-main/api or the gate (docs/gate.md).',
  })),
  /** `net.fetch` and `net.request` of Electron, under whatever name the module has. */
  syntax: [
    {
      selector:
        "MemberExpression[object.name='net'][property.name=/^(fetch|request|resolveHost)$/]",
      message: 'Everything goes out through src-main/api or the gate (docs/gate.md).',
    },
    {
      selector:
        "MemberExpression[object.name='globalThis'][property.name=/^(fetch|WebSocket|EventSource)$/]",
      message: 'Everything goes out through src-main/api or the gate (docs/gate.md).',
    },
  ],
};
const noWayOut = {
  files: [
    'src-main/**/*.ts',
    'src-preload/**/*.ts',
    'src-renderer/**/*.{ts,svelte}',
    'src-shared/**/*.ts',
  ],
  rules: {
    'no-restricted-globals': ['error', ...WAYS_OUT.globals],
    'no-restricted-syntax': ['error', ...WAYS_OUT.syntax],
  },
};

/** A room of src-main is entered through its index.ts. */
const rooms = [
  {
    files: ['src-main/*/**/*.ts'],
    rules: restricted([
      {
        regex: `(^|/)(src-renderer|src-preload|src-server|test|scripts)/`,
        message: 'src-main imports only itself and src-shared.',
      },
      {
        regex: '^\\.\\./(?!\\.\\.)[a-z-]+/(?!index\\.js$)',
        message: 'Enter a room through its index.ts.',
      },
      WAYS_OUT.modules,
    ]),
  },
  {
    // The gate's proxy opens connections once the gate has said that it may; the second speaks to the keychain over a local
    // socket; the third opens none: it waits on loopback for the browser to come back from a sign-in.
    files: [
      'src-main/gate/proxy.ts',
      'src-main/secrets/secret-service/bus.ts',
      'src-main/session/browser/listener.ts',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src-main/*.ts'],
    rules: restricted([
      {
        regex: `(^|/)(src-renderer|src-preload|src-server|test|scripts)/`,
        message: 'src-main imports only itself and src-shared.',
      },
      { regex: '^\\./[a-z-]+/(?!index\\.js$)', message: 'Enter a room through its index.ts.' },
      WAYS_OUT.modules,
    ]),
  },
];

export default typescript.config(
  {
    ignores: [
      'out/',
      'dist/',
      'node_modules/',
      'src-shared/text/generated/',
      '.sayso/',
      // electron-vite writes its configuration here for a moment while it builds.
      '*.config.ts.*.mjs',
    ],
  },
  js.configs.recommended,
  ...typescript.configs.strictTypeChecked.map((config) => ({
    ...config,
    files: ['src-*/**/*.{ts,svelte}', 'test/**/*.ts'],
  })),
  ...svelte.configs.recommended,
  {
    files: ['src-*/**/*.{ts,svelte}', 'test/**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: './tsconfig.json',
      },
    },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src-renderer/**/*.svelte', 'src-renderer/**/*.svelte.ts'],
    languageOptions: {
      parserOptions: {
        project: './src-renderer/tsconfig.json',
        extraFileExtensions: ['.svelte'],
        parser: typescript.parser,
        svelteConfig,
      },
    },
  },
  { files: ['src-renderer/**/*.{ts,svelte}'], languageOptions: { globals: globals.browser } },
  { files: ['scripts/**/*.mjs', '*.js', '*.ts'], languageOptions: { globals: globals.node } },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  ...['src-shared', ...HOUSE.filter((folder) => folder !== 'src-main')].map(importsOf),
  ...rooms,
  noWayOut,
);
