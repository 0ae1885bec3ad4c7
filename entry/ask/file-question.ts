import { BadQuestion } from './bad-question.ts';

/** The options that members of a question come from, where they are not called alike. */
const options: Readonly<Record<string, string>> = { endpointType: 'endpoint-type', objectives: 'objective', viaEndpoint: 'via-endpoint' };

/**
 * Makes a question of files and options. What is wrong with it is said by the file or the option, for whoever typed those knows no
 * members of a question. `files`: of `policy`, or of `policies` in their order.
 */
export function fromFiles<T>(files: readonly string[], make: () => T): T {
  try { return make(); } catch (error) {
    if (!(error instanceof BadQuestion)) throw error;
    const [, index = '0', fault] = /^`(?:policies\/(\d+)\/)?policy`: ([^]*)$/.exec(error.message) ?? [];
    if (fault !== undefined) throw new BadQuestion(`${files[Number(index)]!}: ${fault}`);
    throw new BadQuestion(error.message.replace(/^`(\w+)`/, (_, member: string) => `\`--${options[member] ?? member}\``));
  }
}
