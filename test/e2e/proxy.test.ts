import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { emptyPerimeter } from '../../policy/index.ts';
import { writeProxy } from '../../templates/proxy.ts';
import { ask, complaints, freePort, start, tunnel, upstream, type Instance } from './squid/instance.ts';

const { squid } = inject('parts');
const perimeter = { ...emptyPerimeter, networks: { ...emptyPerimeter.networks, cidrs: ['127.0.0.1/32'] } };
const [HERE, THERE] = ['200 127.0.0.2', '200 127.0.0.3'];
const cases: readonly (readonly [string, string])[] = [
  ['ec2.eu-west-1.amazonaws.com', HERE], ['EC2.eu-west-1.amazonaws.com.', HERE], ['some.bucket.s3.eu-west-1.amazonaws.com', HERE], ['bucket.s3-eu-west-1.amazonaws.com', HERE], ['bucket.s3.dualstack.eu-west-1.amazonaws.com', HERE],
  ['name-111111111111.s3-accesspoint.eu-west-1.amazonaws.com', HERE], ['vpce-1.s3.eu-west-1.vpce.amazonaws.com', HERE], ['lambda.eu-west-1.api.aws', HERE], ['0a1b.lambda-url.eu-west-1.on.aws', HERE],
  ['ec2.us-east-1.amazonaws.com', THERE], ['bucket.s3.us-east-1.amazonaws.com', THERE], ['vpce-1.s3.us-east-1.vpce.amazonaws.com', THERE],
  ['iam.amazonaws.com', THERE], ['organizations.us-east-1.amazonaws.com', THERE], ['sts.amazonaws.com', HERE], ['globalaccelerator.us-west-2.amazonaws.com', HERE], ['waf.amazonaws.com', '403'],
  ['ec2.us-east-2.amazonaws.com', '403'], ['ec2.xx-nowhere-9.amazonaws.com', '403'], ['data.eu-west-1.s3.us-east-2.amazonaws.com', '403'], ['data.eu-west-1.s3.amazonaws.com', '403'], ['data.eu-west-1.s3-accelerate.amazonaws.com', '403'], ['data.eu-west-1.s3-us-east-2.amazonaws.com', '403'], ['bucket.s3.amazonaws.com', '403'], ['queue.amazonaws.com', '403'],
  ['evil-eu-west-1.amazonaws.com.attacker.org', HERE], ['amazonaws.com.example.org', HERE], ['example.org', HERE], ['127.0.0.2', '403'], ['[::1]', '403'], ['2130706434', '403'],
];

let folder: string, ssl: number, here: Instance, there: Instance, strict: Instance;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perimeter-squid-'));
  ends.push(() => { rmSync(folder, { recursive: true, force: true }); });
  ssl = await freePort();
  const servers: Server[] = [await upstream('127.0.0.2', ssl), await upstream('127.0.0.3', ssl)];
  ends.push(...servers.map((server) => () => server.close()));
  const [a, b, c] = [await freePort(), await freePort(), await freePort()];
  const names = cases.map(([host]) => host.replace(/\.$/, '').toLowerCase()).filter((host) => /[a-z]$/.test(host));
  const hosts = (address: string): string => names.map((name) => `${address} ${name}\n`).join('');
  const run = async (region: string, port: number, others: string, name = region): Promise<Instance> => {
    const [file] = writeProxy(perimeter, { regions: 'eu-west-1,us-east-1', region, peers: `eu-west-1=127.0.0.1:${a},us-east-1=127.0.0.1:${b}`, globals: 'sts=eu-west-1,waf=deny', port, sslPort: ssl, others });
    const made = await start(squid, folder, name, file!.text, port, hosts(region === 'eu-west-1' ? '127.0.0.2' : '127.0.0.3'));
    ends.push(made.end);
    return made;
  };
  [here, there, strict] = [await run('eu-west-1', a, 'allow'), await run('us-east-1', b, 'allow'), await run('eu-west-1', c, 'deny', 'strict')];
  // Whoever started first found its peer down, and looks again when it is asked.
  for (const [port, host] of [[a, 'ec2.us-east-1.amazonaws.com'], [b, 'ec2.eu-west-1.amazonaws.com']] as const) {
    for (let tries = 0; tries < 20 && !(await ask(port, tunnel(host, ssl))).startsWith('200'); tries++) await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
});
afterAll(async () => { for (const end of ends.reverse()) await end(); });

describe('a real Squid', () => {
  it('finds nothing wrong with what is written', () => {
    expect([here, there, strict].map(({ parsed }) => parsed)).toEqual(['', '', '']);
    for (const region of ['cn-north-1', 'us-gov-west-1', 'eu-central-1']) {
      expect(complaints(squid, folder, writeProxy(perimeter, { regions: region })[0]!.text), region).toBe('');
    }
  });
  it('is asked in lower case and without dots at the end, as lint-proxy reads it', async () => {
    const port = await freePort();
    const text = `http_port ${port}\nvisible_hostname plain\nacl one dstdom_regex -n ^ec2\\.eu-west-1\\.amazonaws\\.com$\nhttp_access allow one\nhttp_access deny all\nalways_direct allow all\n`;
    const plain = await start(squid, folder, 'plain', text, port, '127.0.0.2 ec2.eu-west-1.amazonaws.com\n');
    ends.push(plain.end);
    expect(await Promise.all(['ec2.eu-west-1.amazonaws.com', 'EC2.EU-west-1.amazonaws.com', 'ec2.eu-west-1.amazonaws.com..', 'sqs.eu-west-1.amazonaws.com'].map((host) => ask(port, tunnel(host, ssl))))).toEqual([HERE, HERE, HERE, '403']);
  });
  it.each(cases)('in eu-west-1, %s: %s', async (host, answer) => { expect(await ask(here.port, tunnel(host, ssl))).toBe(answer); });
  it.each([['ec2.us-east-1.amazonaws.com', '200 127.0.0.3'], ['ec2.eu-west-1.amazonaws.com', '200 127.0.0.2'], ['sts.amazonaws.com', '200 127.0.0.2'], ['ec2.us-east-2.amazonaws.com', '403']])('in us-east-1, %s: %s', async (host, answer) => {
    expect(await ask(there.port, tunnel(host, ssl))).toBe(answer);
  });
  it.each([['ec2.eu-west-1.amazonaws.com', HERE], ['example.org', '403'], ['evil-eu-west-1.amazonaws.com.attacker.org', '403'], ['amazonaws.com.example.org', '403']])('where other names are denied, %s: %s', async (host, answer) => {
    expect(await ask(strict.port, tunnel(host, ssl))).toBe(answer);
  });
  it('refuses other ports, other methods and other sources', async () => {
    expect(await ask(here.port, tunnel('ec2.eu-west-1.amazonaws.com', 22))).toBe('403');
    expect(await ask(here.port, `GET http://ec2.eu-west-1.amazonaws.com:${ssl}/ HTTP/1.1\r\nHost: ec2.eu-west-1.amazonaws.com\r\nConnection: close\r\n\r\n`)).toBe('403');
    expect(await ask(here.port, tunnel('ec2.eu-west-1.amazonaws.com', ssl), '127.0.0.9')).toBe('403');
  });
  it('does not go around a proxy that is down', async () => {
    await there.end();
    expect(await ask(here.port, tunnel('ec2.us-east-1.amazonaws.com', ssl))).toMatch(/^50[34]$/);
    expect(await ask(here.port, tunnel('ec2.eu-west-1.amazonaws.com', ssl))).toBe(HERE);
  });
});
