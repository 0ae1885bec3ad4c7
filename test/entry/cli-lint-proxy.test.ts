import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../entry/cli.ts';
import { now } from '../support/perimeter.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perimeter-proxy-'));
  writeFileSync(join(folder, 'perimeter.yaml'), 'organizations: [o-4tkekae453]\nawsOwnedResources: []\nnetworks: { cidrs: [192.0.2.0/24] }\n');
  writeFileSync(join(folder, 'bad.conf'), 'http_access allow localhost\n');
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

async function perimeter(line: string): Promise<{ code: number | undefined; out: string; err: string }> {
  let [code, out, err]: [number | undefined, string, string] = [undefined, '', ''];
  await run(line.split(' ').map((word) => word.replace(/^~/, `${folder}/`)), { out: (text) => { out += text; }, err: (text) => { err += text; }, isTTY: false, color: false, columns: 80, now: () => now, setExitCode: (given) => { code = given; } });
  return { code, out: out.replaceAll(folder, '~'), err: err.replaceAll(folder, '~') };
}
const write = 'write proxy --perimeter ~perimeter.yaml';

it('writes a file for each Region, and lints what it wrote', async () => {
  const both = await perimeter(`${write} --set regions=eu-west-1,us-east-1`);
  expect({ code: both.code, err: both.err.replaceAll(/\d{4} /g, 'N '), files: both.out.match(/^### .*$/gm) }).toEqual({ code: 0, err: 'squid-eu-west-1.conf: N characters\nsquid-us-east-1.conf: N characters\n', files: ['### squid-eu-west-1.conf', '### squid-us-east-1.conf'] });
  const one = await perimeter(`${write} --set regions=eu-west-1 --set regions=us-east-1 --region us-east-1 --set globals=iam=direct --set globals=sts=deny`);
  expect(one.out).toContain('acl global_deny dstdom_regex -n -i ^sts\\.');
  writeFileSync(join(folder, 'good.conf'), one.out);
  expect(await perimeter('lint-proxy ~good.conf --region us-east-1')).toEqual({ code: 0, out: '0 errors, 0 warnings\n', err: '' });
  expect((await perimeter('lint-proxy ~good.conf --region eu-west-1')).code).toBe(1);
});
it('explains what goes where', async () => {
  const { code, out } = await perimeter(`${write} --set regions=us-gov-east-1,us-gov-west-1 --region us-gov-east-1 --set globals=iam=direct --set globals=support=deny --explain`);
  expect({ code, lines: out.split('\n').slice(1, 13) }).toEqual({ code: 0, lines: [
    '  for 192.0.2.0/24, to port 443', '  direct: endpoints of us-gov-east-1, iam', '  by the proxy of us-gov-west-1 (us-gov-west-1.proxy.internal:3128): endpoints of us-gov-west-1, networkmanager, organizations, route53',
    '  refused: support, all other names of AWS, names that are none of AWS, addresses', '', 'Proved:', '  every name of a Region, in each form that AWS uses, goes one way: direct, by the proxy there, or not at all',
    '  names that only look like those of a Region do not go its way', '  nobody but `clients`, and nothing but tunnels to names and one port, gets through', '  a proxy that is down is not passed by', '', 'Options, by --set NAME=VALUE:',
  ] });
});
it('says what is wrong', async () => {
  const message = 'the last `http_access` is not `deny all`: add it, for without a match Squid does the opposite of the last line';
  const { code, out } = await perimeter('lint-proxy ~bad.conf');
  expect({ code, first: out.split('\n')[0] }).toEqual({ code: 1, first: `~/bad.conf:1: error: ${message}` });
  expect((JSON.parse((await perimeter('lint-proxy ~bad.conf --format json')).out) as { problems: unknown[] }).problems[0]).toEqual({ severity: 'error', line: 1, message });
});
it.each([
  [write, 'perimeter write: proxy: name the Regions that have a proxy, such as `--set regions=eu-west-1,eu-central-1`\n'], [`${write} --set color=red`, 'perimeter write: proxy: it has no option `color`; known: regions, region, peers, globals, clients, others, port, sslPort\n'],
  [`${write} --set regions=eu-west-1 --format json`, 'perimeter write: proxy: a squid.conf has one form: leave out --format and --minify\n'], [`${write} --set regions=eu-west-1 --minify`, 'perimeter write: proxy: a squid.conf has one form: leave out --format and --minify\n'],
  [`${write} --set port=1 --set port=2`, 'perimeter write: proxy: `port` is given twice, as `1` and as `2`: give it once\n'], [`${write} --set port`, 'perimeter write: proxy: `--set`: expected name=value, found `port`\n'], ['lint-proxy ~bad.conf --format xml', 'perimeter lint-proxy: unknown format `xml`; known: text, json\n'],
  ['lint-proxy ~bad.conf --region eu-west-9', 'perimeter lint-proxy: `eu-west-9` is no Region whose endpoints we know; pass one such as `eu-west-1`\n'],
  ['lint-proxy ~none.conf', "perimeter lint-proxy: there is no file `~/none.conf`; give its path from the folder you are in, or the whole path\n"],
])('%s', async (line, err) => { expect(await perimeter(line)).toEqual({ code: 2, out: '', err }); });
