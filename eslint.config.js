import tseslint from 'typescript-eslint';

// The direction of imports: a folder may import only what stands to its left.
const order = ['policy', 'items', 'core', 'rules', 'remediations', 'templates', 'deployment', 'entry', 'scripts', 'test'];
const impure = ['entry', 'scripts', 'test'];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/'] },
  ...tseslint.configs.recommended,
  { rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }], 'no-control-regex': 'off' } },
  ...order.map((folder, i) => ({
    files: [`${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [
      ...(folder === 'test' ? [] : [{ regex: `^(\\.\\./)+(${[...order.slice(i + 1)].join('|')})/`, message: `${folder}/ may import only ${order.slice(0, i).join(', ') || 'itself'}` }]),
      ...(['policy', 'test', 'scripts'].includes(folder) ? [] : [{ regex: '^(\\.\\./)+policy/(?!index\\.ts$|tables/)', message: 'of policy/ only its face: policy/index.ts' }]),
      ...(impure.includes(folder) ? [] : [{ group: ['node:*', '@aws-sdk/*'], message: `${folder}/ is pure: clocks, disks and networks live in entry/` }]),
    ] }] },
  })),
  ...order.filter((folder) => !impure.includes(folder)).map((folder) => ({
    files: [`${folder}/**/*.ts`],
    rules: {
      'no-restricted-globals': ['error', { name: 'process', message: `${folder}/ is pure` }],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'the time is given as `now`' }],
    },
  })),
);
