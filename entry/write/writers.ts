import type { Perimeter } from '../../policy/index.ts';
import { templates, write } from '../../templates/index.ts';
import type { AnyTemplate } from '../../templates/template.ts';
import { extensions, render, type Format } from './render.ts';

export interface File { readonly name: string; readonly text: string; readonly sizes: readonly string[]; readonly leftOut: readonly string[] }

/** How `--all` was asked: `region` is the one whose AWS-owned resources are to be named, where it is given. */
export interface Asked { readonly format: Format; readonly minify: boolean; readonly region: string | undefined; readonly now: number }

/** Something that `--all` writes for an organization; whatever is not made by a template joins `writers` here. */
export interface Writer {
  readonly kind: string;
  /** Throws CannotWrite or Unproved. */
  readonly files: (perimeter: Perimeter, asked: Asked) => readonly File[];
}

export class Unproved extends Error { override name = 'Unproved' }

export const writers: readonly Writer[] = templates.map((template): Writer => ({
  kind: template.kind,
  files: (perimeter, { format, minify, region, now }) => template.usual(perimeter).flatMap((given) => {
    const made = write(template, perimeter, { ...given, ...inRegion(template, region) }, now);
    if (made.faults.length > 0) throw new Unproved(made.faults.map(({ of, because }) => `${of}: ${because}`).join('; '));
    return render(made, format, minify).map(({ name, text }, index): File => ({
      name: `${name}.${made.stack !== undefined && format === 'terraform' ? 'yaml' : extensions[format]}`, text,
      sizes: made.documents.filter((one) => made.stack !== undefined || one.name === name).map((one) => `${one.characters} of ${one.quota.most} ${one.quota.of}`), leftOut: index === 0 ? made.leftOut : [],
    }));
  }),
}));

const inRegion = (template: AnyTemplate, region: string | undefined): Readonly<Record<string, string>> => {
  const option = ['region', 'regions'].find((one) => Object.hasOwn(template.options as object, one));
  return region === undefined || option === undefined ? {} : { [option]: region };
};
