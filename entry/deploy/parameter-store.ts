import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';

const isAbsent = (error: unknown): boolean => error instanceof Error && error.name === 'ParameterNotFound';

/** The value of a parameter, or `undefined` if there is none. */
export async function readParameter(client: SSMClient, Name: string): Promise<string | undefined> {
  try { return (await client.send(new GetParameterCommand({ Name }))).Parameter?.Value ?? ''; } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Up to 4 KB cost nothing, and up to 8 KB five cents a month. https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
export async function writeParameter(client: SSMClient, Name: string, Value: string): Promise<void> {
  await client.send(new PutParameterCommand({ Name, Value, Type: 'String', Tier: 'Intelligent-Tiering', Overwrite: true, Description: 'What the data perimeter holds to be ours: written by `perimeter deploy`.' }));
}

export async function removeParameter(client: SSMClient, Name: string): Promise<void> {
  try { await client.send(new DeleteParameterCommand({ Name })); } catch (error) { if (!isAbsent(error)) throw error; }
}
