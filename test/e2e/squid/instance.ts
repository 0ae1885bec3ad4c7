import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';

/** Where Squid is, as scripts/e2e-parts.mjs found it. */
export interface Squid { readonly program: string; readonly env: Readonly<Record<string, string>>; readonly share: string }
export interface Instance { readonly port: number; readonly end: () => Promise<void>; readonly parsed: string }

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** What stands for AWS: says to whom the connection came. */
export async function upstream(address: string, port: number): Promise<Server> {
  const server = createServer((socket) => { socket.on('error', () => undefined); socket.end(`reached ${address}\n`); });
  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(port, address, resolve); });
  return server;
}

/** Runs a written file. Only what belongs to this machine is added: where logs go, what names mean, and that it listens on loopback. */
export async function start(squid: Squid, folder: string, name: string, text: string, port: number, hosts: string): Promise<Instance> {
  const at = (file: string): string => join(folder, `${name}.${file}`);
  chmodSync(folder, 0o777);
  writeFileSync(at('hosts'), hosts);
  writeFileSync(at('conf'), [text.replace(`http_port ${port}`, `http_port 127.0.0.1:${port}`), `hosts_file ${at('hosts')}`, `pid_filename ${at('pid')}`, `cache_log ${at('log')}`, `coredump_dir ${folder}`, ...machine(squid)].join('\n'));
  const env = { ...process.env, ...squid.env };
  const parsed = parse(squid, at('conf'));
  const child = spawn(squid.program, ['-N', '-n', name.replaceAll('-', ''), '-f', at('conf')], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) break;
    if (await listens(port)) return { port, parsed, end: () => ended(child) };
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  await ended(child);
  throw new Error(`Squid does not listen on ${port}: ${said}`);
}

/** What a Squid needs that is not installed where it was built to be, with short waits. */
const machine = ({ share }: Squid): string[] => [
  'access_log none', 'pinger_enable off', 'netdb_filename none', `unlinkd_program ${join(share, '..', '..', 'lib', 'squid', 'unlinkd')}`, 'shutdown_lifetime 0 seconds', 'dns_nameservers 127.0.0.1', 'dns_timeout 1 seconds', 'connect_timeout 2 seconds',
  `mime_table ${join(share, 'mime.conf')}`, `icon_directory ${join(share, 'icons')}`, `error_directory ${join(share, 'errors', 'templates')}`, '',
];

/** What `squid -k parse` complains of in a text. */
export function complaints(squid: Squid, folder: string, text: string): string {
  const file = join(folder, 'parsed.conf');
  writeFileSync(file, `${text}\n${machine(squid).join('\n')}`);
  return parse(squid, file);
}

/** What `squid -k parse` complains of in a file. */
function parse(squid: Squid, file: string): string {
  const said = execFileSync('sh', ['-c', '"$1" -k parse -f "$2" 2>&1', 'sh', squid.program, file], { encoding: 'utf8', env: { ...process.env, ...squid.env } });
  return said.split('\n').filter((line) => /WARNING|ERROR|FATAL/.test(line)).join('\n');
}

const listens = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
  socket.on('error', () => { resolve(false); });
});

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => { child.once('exit', resolve); });
  child.kill('SIGKILL');
  await gone;
}

/** Asks a proxy, and tells its status with what was reached, such as `200 127.0.0.2`. */
export const ask = (port: number, request: string, from = '127.0.0.1'): Promise<string> => new Promise((resolve, reject) => {
  let got = '';
  const socket = connect({ port, host: '127.0.0.1', localAddress: from }, () => { socket.write(request); });
  socket.setTimeout(10_000, () => { socket.destroy(new Error(`no answer to ${request}`)); });
  socket.on('data', (chunk) => { got += chunk.toString('latin1'); if (/^HTTP\/\S+ [^2]/.test(got)) socket.destroy(); });
  socket.on('error', reject);
  socket.on('close', () => { resolve([/^HTTP\/\S+ (\d+)/.exec(got)?.[1], /reached (\S+)/.exec(got)?.[1]].filter((one) => one !== undefined).join(' ')); });
});
export const tunnel = (host: string, port: number): string => `CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`;
