import type { IncomingHttpHeaders } from 'node:http';
import type { Operation, Service, Shape } from '../../aws-model.ts';
import { parseXml, type Element } from './xml.ts';

export type Fields = Record<string, unknown>;
export interface Request { readonly method: string; readonly url: URL; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

/** The operation that a request calls, and its input as an object: timestamps are seconds since 1970; what the model does not know stays, under the name it came with. */
export function decode(service: Service, request: Request): { readonly operation: string; readonly input: Fields } | undefined {
  switch (service.protocol) {
    case 'json': {
      const [prefix, operation = ''] = String(request.headers['x-amz-target']).split('.');
      return prefix === service.targetPrefix && Object.hasOwn(service.operations, operation) ? { operation, input: JSON.parse(request.body.toString('utf8')) as Fields } : undefined;
    }
    case 'query': {
      const form = new URLSearchParams(request.body.toString('utf8'));
      const operation = form.get('Action') ?? '';
      const shape = service.operations[operation];
      if (shape === undefined) return undefined;
      form.delete('Action');
      form.delete('Version');
      return { operation, input: shape.input === undefined ? treeOf(form) as Fields : fromTree(service, shape.input, treeOf(form)) as Fields };
    }
    default: return decodeRest(service, request);
  }
}

type Tree = string | { [name: string]: Tree };
function treeOf(form: URLSearchParams): Tree {
  const root: Record<string, Tree> = {};
  for (const [path, value] of form) {
    const parts = path.split('.');
    let node = root;
    for (const part of parts.slice(0, -1)) node = (typeof node[part] === 'object' ? node[part] : node[part] = {}) as Record<string, Tree>;
    node[parts.at(-1)!] = value;
  }
  return root;
}

const membersByWireName = ({ members = {}, placed = {} }: Shape): Map<string, [string, string]> => new Map(Object.entries(members).map(([member, shape]) => [placed[member]?.locationName ?? member, [member, shape]]));
const numbered = (tree: Record<string, Tree>): Tree[] => Object.entries(tree).sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);

function fromTree(service: Service, name: string, tree: Tree): unknown {
  const shape = service.shapes[name]!;
  if (typeof tree === 'string') return shape.type === 'list' && tree === '' ? [] : scalar(shape, tree);
  switch (shape.type) {
    case 'structure': {
      const members = membersByWireName(shape);
      return Object.fromEntries(Object.entries(tree).map(([wire, value]) => {
        const [member, held] = members.get(wire) ?? [];
        return member === undefined ? [wire, value] : [member, fromTree(service, held!, value)];
      }));
    }
    case 'list': {
      const items = shape.flattened === true ? tree : tree[shape.itemName ?? 'member'];
      return typeof items === 'object' ? numbered(items).map((one) => fromTree(service, shape.member!, one)) : tree;
    }
    case 'map': return typeof tree['entry'] === 'object' ? Object.fromEntries(numbered(tree['entry']).map((entry) => [(entry as Record<string, string>)['key'], fromTree(service, shape.value!, (entry as Record<string, Tree>)['value']!)])) : tree;
    default: return tree;
  }
}

function scalar({ type, timestampFormat }: Shape, text: string): unknown {
  switch (type) {
    case 'integer': case 'long': case 'double': case 'float': return text === '' ? text : Number(text);
    case 'boolean': return text === 'true' ? true : text === 'false' ? false : text;
    case 'timestamp': return timestampFormat === 'unixTimestamp' ? Number(text) : Date.parse(text) / 1000;
    default: return text;
  }
}

function decodeRest(service: Service, { method, url, headers, body }: Request): { readonly operation: string; readonly input: Fields } | undefined {
  for (const [operation, described] of Object.entries(service.operations).sort(([, a], [, b]) => b.http!.requestUri.length - a.http!.requestUri.length)) {
    const [path = '', query] = described.http!.requestUri.split('?');
    const labels = [...path.matchAll(/\{(\w+)(\+?)\}/g)];
    const found = new RegExp(`^${path.replaceAll(/[.]/g, '\\.').replaceAll(/\{(\w+)(\+?)\}/g, (_, _label, greedy: string) => greedy === '+' ? '(.+)' : '([^/]+)')}/?$`).exec(url.pathname);
    if (method !== described.http!.method || found === null || (query !== undefined && !url.searchParams.has(query.split('=')[0]!))) continue;
    return { operation, input: restInput(service, described, new Map(labels.map(([, label], i) => [label!, decodeURIComponent(found[i + 1]!)])), { method, url, headers, body }) };
  }
  return undefined;
}

function restInput(service: Service, { input: name, http }: Operation, labels: ReadonlyMap<string, string>, { url, headers, body }: Request): Fields {
  const shape = service.shapes[name!]!;
  const input: Fields = {};
  // Parameters of the path itself, and `x-id`, by which the SDK tells operations of one path apart in logs.
  const seen = new Set(['x-id', ...http!.requestUri.split('?').slice(1).map((pair) => pair.split('=')[0]!)]);
  for (const [member, held] of Object.entries(shape.members ?? {})) {
    const { location, locationName = member } = shape.placed?.[member] ?? {};
    const of = (text: string | undefined | null): void => { if (text !== undefined && text !== null) input[member] = scalar(service.shapes[held]!, text); };
    if (location === 'uri') of(labels.get(locationName));
    else if (location === 'querystring') { of(url.searchParams.get(locationName)); seen.add(locationName); }
    else if (location === 'header') of(headers[locationName.toLowerCase()] as string | undefined);
    else if (location === 'headers') {
      const matching = Object.entries(headers).filter(([header]) => header.startsWith(locationName.toLowerCase()));
      if (matching.length > 0) input[member] = Object.fromEntries(matching.map(([header, value]) => [header.slice(locationName.length), value]));
    } else if (member === shape.payload) input[member] = service.shapes[held]!.type === 'blob' ? body : fromXml(service, held, parseXml(body.toString('utf8')));
  }
  for (const parameter of url.searchParams.keys()) if (!seen.has(parameter)) input[parameter] = url.searchParams.get(parameter);
  return input;
}

function fromXml(service: Service, name: string, element: Element): unknown {
  const shape = service.shapes[name]!;
  if (typeof element === 'string') return shape.type === 'structure' ? {} : scalar(shape, element);
  const members = membersByWireName(shape);
  return Object.fromEntries(Object.entries(element).map(([wire, elements]) => {
    const [member, held] = members.get(wire) ?? [];
    if (member === undefined) return [wire, elements];
    const of = service.shapes[held!]!;
    return [member, of.type === 'list' && of.flattened === true ? elements.map((one) => fromXml(service, of.member!, one)) : fromXml(service, held!, elements[0]!)];
  }));
}
