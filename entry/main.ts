import pc from 'picocolors';
import { run } from './cli.ts';

// The SDK's clients are pinned, so what Node its later versions want is not the reader's concern.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// A reader that closes the pipe early, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`perimeter: cannot write to standard output: ${error.message}\n`);
  process.exit(2);
});

await run(process.argv.slice(2), {
  out: (text) => { process.stdout.write(text); },
  err: (text) => { process.stderr.write(text); },
  isTTY: process.stdout.isTTY,
  color: pc.isColorSupported && (process.stdout.isTTY || 'FORCE_COLOR' in process.env),
  columns: process.stdout.columns ?? 100,
  now: Date.now,
  ...process.stdin.isTTY && process.stderr.isTTY ? { question } : {},
  setExitCode: (code) => { process.exitCode = code; },
});

async function question(text: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try { return await lines.question(text); } finally { lines.close(); }
}
