import type { Perimeter } from '../../policy/index.ts';
import { templates, write } from '../../templates/index.ts';
import { proveProxy, proxy } from '../../templates/proxy.ts';
import type { AnyTemplate } from '../../templates/template.ts';
import { extensions, render, type Format } from './render.ts';

export interface File { readonly name: string; readonly text: string; readonly sizes: readonly string[]; readonly leftOut: readonly string[] }

/** How `--all` was asked: `region` is the one whose AWS-owned resources are to be named, where it is given. */
export interface Asked { readonly format: Format; readonly minify: boolean; readonly region: string | undefined; readonly now: number }

export interface WrittenSet { readonly files: readonly File[]; /** What of the kind no definition can tell, or this one does not: a sentence each. */ readonly not: readonly string[] }

/** Something that `--all` writes for an organization; whatever is not made by a template joins `writers` here. */
export interface Writer {
  readonly kind: string;
  /** Throws CannotWrite or Unproved. */
  readonly write: (perimeter: Perimeter, asked: Asked) => WrittenSet;
}

export class Unproved extends Error { override name = 'Unproved' }

const policies: readonly Writer[] = templates.map((template): Writer => ({
  kind: template.kind,
  write: (perimeter, { format, minify, region, now }) => ({ not: template.unusual?.(perimeter) ?? [], files: template.usual(perimeter).flatMap((given) => {
    const made = write(template, perimeter, { ...given, ...inRegion(template, region) }, now);
    if (made.faults.length > 0) throw new Unproved(made.faults.map(({ of, because }) => `${of}: ${because}`).join('; '));
    return render(made, format, minify).map(({ name, text }, index): File => ({
      name: `${name}.${made.stack !== undefined && format === 'terraform' ? 'yaml' : extensions[format]}`, text,
      sizes: made.documents.filter((one) => made.stack !== undefined || one.name === name).map((one) => `${one.characters} of ${one.quota.most} ${one.quota.of}`), leftOut: index === 0 ? made.leftOut : [],
    }));
  }) }),
}));

const proxies: Writer = {
  kind: proxy.kind,
  write: (perimeter, { region }) => {
    if (region === undefined) return { files: [], not: ['which Regions have a proxy no definition says: pass `--region` for one, or run `perimeter write proxy --set regions=…` for more'] };
    if (perimeter.networks.cidrs.length === 0) return { files: [], not: ['the definition lists no `networks.cidrs`, so nothing tells who may use it'] };
    const made = proveProxy(perimeter, { regions: region });
    const faults = made.flatMap((one) => one.faults);
    if (faults.length > 0) throw new Unproved(faults.join('; '));
    return { files: made.map(({ name, text }) => ({ name, text, sizes: [`${text.length} characters`], leftOut: [] })), not: [] };
  },
};

/** Everything that `--all` writes, in the order of the list of kinds. */
export const writers: readonly Writer[] = [...policies, proxies];

const inRegion = (template: AnyTemplate, region: string | undefined): Readonly<Record<string, string>> => {
  const option = ['region', 'regions'].find((one) => Object.hasOwn(template.options as object, one));
  return region === undefined || option === undefined ? {} : { [option]: region };
};
