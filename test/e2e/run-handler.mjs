// Plays the Lambda runtime: takes `[{ event, functionArn }]` from standard input to the bundle named by the first argument, one
// event after the other, and writes what became of each, `null` or the error's message, to the descriptor 3 as a JSON list.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

// As Lambda loads it: a CommonJS module.
const { handler } = createRequire(import.meta.url)(process.argv[2]);
const outcomes = [];
for (const { event, functionArn } of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    await handler(event, { invokedFunctionArn: functionArn });
    outcomes.push(null);
  } catch (error) {
    outcomes.push(error.message);
  }
}
writeSync(3, JSON.stringify(outcomes));
