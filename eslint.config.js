import tseslint from 'typescript-eslint';

// The direction of imports: a folder may import only what stands to its left.
const order = ['policy', 'items', 'core', 'rules', 'remediations', 'templates', 'deployment', 'entry', 'scripts', 'test'];
const impure = ['entry', 'scripts', 'test'];
// Pure packages that a pure folder may use; whatever else has a bare name is a module of Node, an AWS client or a surprise.
const packages = { core: ['valibot'], deployment: ['yaml'] };

const globals = ['process', 'fetch', 'performance', 'crypto', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'console', 'Buffer', 'globalThis', 'require'];
const impurities = [
  { selector: 'ImportExpression', message: 'a dynamic import evades the direction of imports' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name='Date']", message: 'the time is given as `now`' },
  { selector: 'MetaProperty', message: 'a pure module does not know where it lies' },
];

export default tseslint.config(
  { ignores: ['dist/', '.dist-*/', 'coverage/', 'node_modules/'] },
  ...tseslint.configs.recommended,
  { rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }], 'no-control-regex': 'off' } },
  ...order.map((folder, i) => ({
    files: [`${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [
      ...(folder === 'test' ? [] : [{ regex: `^(\\.\\./)+(${order.slice(i + 1).join('|')})/`, message: `${folder}/ may import only ${order.slice(0, i).join(', ') || 'itself'}` }]),
      ...(['policy', 'test', 'scripts'].includes(folder) ? [] : [{ regex: '^(\\.\\./)+policy/(?!index\\.ts$|tables/)', message: 'of policy/ only its face: policy/index.ts' }]),
      ...(impure.includes(folder) ? [] : [{ regex: `^(?!\\.${(packages[folder] ?? []).map((name) => `|${name}$`).join('')})`, message: `${folder}/ is pure: clocks, disks and networks live in entry/` }]),
    ] }] },
  })),
  ...order.filter((folder) => !impure.includes(folder)).map((folder) => ({
    files: [`${folder}/**/*.ts`],
    rules: {
      'no-restricted-globals': ['error', ...globals.map((name) => ({ name, message: `${folder}/ is pure` }))],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'the time is given as `now`' }, { object: 'Math', property: 'random', message: 'the same input gives the same answer' }],
      'no-restricted-syntax': ['error', ...impurities],
    },
  })),
);
