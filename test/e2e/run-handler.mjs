// Plays the Lambda runtime: takes `[{ event, functionArn, now }]` from standard input to the bundle named by the first argument, one
// event after the other, at the time `now` if there is one, and writes what became of each, `null` or the error's message, to the descriptor 3 as a JSON list.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

// As Lambda loads it: a CommonJS module.
const { handler } = createRequire(import.meta.url)(process.argv[2]);
const outcomes = [];
for (const { event, functionArn, now } of JSON.parse(readFileSync(0, 'utf8'))) {
  if (now !== undefined) Date.now = () => now;
  try {
    await handler(event, { invokedFunctionArn: functionArn, getRemainingTimeInMillis: () => 60_000 });
    outcomes.push(null);
  } catch (error) {
    outcomes.push(error.message);
  }
}
writeSync(3, JSON.stringify(outcomes));
