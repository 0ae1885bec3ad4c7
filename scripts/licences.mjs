import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licences of others' packages that stand in bundles, which nearly all of them ask to go with their code; `metafiles`: what esbuild tells of the bundles. */
export function licencesIn(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs)).flatMap((one) => Object.keys(one.inputs));
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const packages = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((one) => /^licen[cs]e\b/i.test(one));
    const text = file === undefined ? license : readFileSync(join(folder, file), 'utf8').trim();
    packages.set(text, [...packages.get(text) ?? [], `${name} ${version}`]);
  }
  return [...packages].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}
