import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as esbuild from 'esbuild';
import ts from 'typescript';
import { freshFolder } from './fresh-folder.mjs';
import { licencesIn } from './licences.mjs';

// npm builds again where somebody runs `npx perimeter` for the first time, and others run what is there meanwhile.
const { fresh, putInPlace } = freshFolder('dist');
const metafiles = [];
const build = async (options) => { metafiles.push((await esbuild.build({ ...options, metafile: true })).metafile); };

// The command line: an ES module with everything in it, so that it starts fast and an installation needs nothing else. What few
// commands need, such as the clients of AWS, lies in modules beside it that are read when they are asked for.
await build({
  entryPoints: { perimeter: 'entry/main.ts' }, outdir: fresh, outExtension: { '.js': '.mjs' }, splitting: true, chunkNames: 'chunks/[name]-[hash]', bundle: true, minify: true, platform: 'node', target: 'node20', format: 'esm',
  legalComments: 'linked', banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});

// The decision engine as a library, with its types.
await build({ entryPoints: ['policy/index.ts'], outfile: `${fresh}/policy.mjs`, bundle: true, minify: true, platform: 'neutral', target: 'es2023', format: 'esm' });
execFileSync(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', 'tsconfig.types.json', '--outDir', `${fresh}/types`], { stdio: 'inherit' });

/** Of its manifest a client asks for the version only, which it tells AWS. */
const versionsOnly = {
  name: 'versions-only',
  setup: ({ onLoad }) => { onLoad({ filter: /@aws-sdk.client-[^/\\]+.package\.json$/ }, ({ path }) => ({ loader: 'json', contents: JSON.stringify({ version: JSON.parse(readFileSync(path, 'utf8')).version }) })); },
};

/** An error that has no class of its own is told by its name and message all the same, and that is all the evaluator reads of one: what errors are made of may be left out. */
const errorsByName = {
  name: 'errors-by-name',
  setup: ({ onLoad }) => {
    onLoad({ filter: /client-config-service.dist-es.schemas.schemas_0\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/^n0_registry\.registerError\(.*\);$/gm, '').replaceAll(/^export var (\w+\$) = (\[-3, n0,[^;]*\]);$/gm, 'export var $1 = /* @__PURE__ */ (() => $2)();'),
    }));
  },
};

/** In which partition a Region is, the pattern of its Regions' names tells as their list does. */
const regionsByPattern = {
  name: 'regions-by-pattern',
  setup: ({ onLoad }) => { onLoad({ filter: /util-endpoints.lib.aws.partitions\.js$/ }, ({ path }) => ({ contents: readFileSync(path, 'utf8').replaceAll(/"regions": \{(?:\s*"[^"]+": \{\s*"description": "[^"]*"\s*\},?)*\s*\}/g, '"regions": {}') })); },
};

/** What people read about a rule stands in the pack, the catalogue and on the command line: its verdicts hold none of it. */
const prose = new Set(['title', 'why', 'fix', 'references', 'requirements']);
/** A source file without the nodes that are found in it and the commas behind them. */
const without = (path, found) => {
  let contents = readFileSync(path, 'utf8');
  const cut = [];
  const look = (node) => { cut.push(...found(node)); node.forEachChild(look); };
  look(ts.createSourceFile(path, contents, ts.ScriptTarget.Latest, true));
  for (const one of cut.toSorted((a, b) => b.pos - a.pos)) contents = contents.slice(0, one.pos) + contents.slice(one.end).replace(/^,/, '');
  return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
};
/** Where the calls of a function by that name hold prose. */
const withoutProse = (path, name, toldIn) => without(path, (node) => ts.isCallExpression(node) && node.expression.getText() === name ? toldIn(node.arguments) : []);
const proseLeftOut = {
  name: 'prose-left-out',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\brules\/[a-z0-9-]+\.ts$/ }, ({ path }) => withoutProse(path, 'defineRule', ([rule]) => rule.properties.filter((one) => prose.has(one.name?.getText()))));
    // What a section of the definition is for is said where it is missing, and these may be.
    onLoad({ filter: /\bcore\/definition-schema\.ts$/ }, ({ path }) => withoutProse(path, 'section', ([, description]) => [description]));
  },
};

/** What the evaluator's client never comes to use. */
const unused = {
  name: 'unused',
  setup: ({ onLoad }) => {
    const replace = (file, contents, of = '@smithy.core.dist-es.submodules', ending = 'js') => { onLoad({ filter: new RegExp(`${of}.${file}\\.${ending}$`) }, () => ({ contents })); };
    const methodIn = (node) => ts.isMethodDeclaration(node) ? node.name : undefined;
    const partIn = (node) => ts.isPropertyAssignment(node) ? node.name : ts.isVariableStatement(node) ? node.declarationList.declarations[0].name : undefined;
    const leaveOut = (file, names, of = '@smithy.core.dist-es.submodules', nameIn = methodIn) => {
      onLoad({ filter: new RegExp(`${of}.${file}\\.js$`) }, ({ path }) => without(path, (node) => names.includes(nameIn(node)?.getText()) ? [node] : []));
    };
    // Config has no operation with an event stream, no error that the protocol tells by a name of its own and no map; nothing registers a schema, no address is signed, and it never spoke the protocol of queries.
    leaveOut('protocols.HttpProtocol', ['serializeEventStream', 'deserializeEventStream', 'loadEventStreamCapability', 'getEventStreamMarshaller', 'resolveEventStreamMarshaller', 'deserializeHttpMessage', 'getRequestType', 'getResponseType', 'resolveError']);
    leaveOut('schema.schemas.NormalizedSchema', ['getKeySchema', 'getMemberName', 'getMemberSchema', 'isBooleanSchema', 'isIdempotencyToken', 'isMemberSchema']);
    // What handles a call is added once and stays.
    leaveOut('client.middleware-stack.MiddlewareStack', ['clone', 'remove', 'removeByTag', 'removeByName', 'removeByReference', 'identify'], undefined, partIn);
    leaveOut('schema.TypeRegistry', ['register', 'find', 'clear']);
    leaveOut('protocols.ProtocolLib', ['resolveRestContentType', 'setQueryCompatError', 'queryCompatOutput', 'findQueryCompatibleError'], '@aws-sdk.core.dist-es.submodules');
    leaveOut('node-http-handler', ['updateHttpClientConfig', 'httpHandlerConfigs'], '@smithy.node-http-handler.dist-es');
    leaveOut('SignatureV4', ['presign'], '@smithy.signature-v4.dist-es');
    // Node hashes by itself; the hash in JavaScript is for runtimes that cannot.
    replace('checksum.sha256.Sha256Js', 'export const Sha256Js = undefined;');
    // It retries in the standard mode (entry/evaluator/clients.ts).
    replace('retry.util-retry.AdaptiveRetryStrategy', 'export const AdaptiveRetryStrategy = undefined;');
    // When to try again, it tells itself by the number of tries.
    replace('retry.middleware-retry.parseRetryAfterHeader', 'export const [parseRetryAfterHeader, getRetryAfterHint] = [() => undefined, () => undefined];');
    // Headers are formatted for the messages of event streams, which Config does not have.
    replace('HeaderFormatter', 'export class HeaderFormatter {}', '@smithy.signature-v4.dist-es');
    // Of requests that others are to send it signs none.
    replace('moveHeadersToQuery', 'export const moveHeadersToQuery = (request) => request;', '@smithy.signature-v4.dist-es');
    // Node has UUIDs.
    replace('serde.uuid.v4', 'export const bindV4 = () => () => crypto.randomUUID();');
    // Only S3 has addresses that depend on a bucket's name.
    for (const name of ['isVirtualHostableS3Bucket', 'parseArn']) replace(`client.util-endpoints.lib.aws.${name}`, `export const ${name} = undefined;`, '@aws-sdk.core.dist-es.submodules');
    // Answers come in Node's streams.
    replace('serde.util-stream.stream-collector.browser', 'export const [collectBlob, collectReadableStream, streamCollector] = [];');
    // Config writes times as seconds since 1970.
    replace('serde.date-utils', 'export const parseEpochTimestamp = (value) => new Date(Math.round(Number(value) * 1000)); export const [dateToUtcString, parseRfc3339DateTime, parseRfc3339DateTimeWithOffset, parseRfc7231DateTime] = [];');
    // AWS looks for loops of functions, queues, topics and buckets, not of calls to Config.
    replace('client.middleware-recursion-detection.recursionDetectionMiddleware', 'export const recursionDetectionMiddleware = () => (next) => next;', '@aws-sdk.core.dist-es.submodules');
    // Lambda has no files of configuration or credentials.
    replace('config.node-config-provider.fromSharedConfigFiles', 'export const fromSharedConfigFiles = () => async () => { throw Object.assign(new Error(), { tryNextLink: true }); };');
    leaveOut('endpoints.middleware-endpoint.adaptors.getEndpointUrlConfig', ['configFileSelector'], undefined, partIn);
    replace('config.shared-ini-file-loader.loadSharedConfigFiles', 'export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} }); export const CONFIG_PREFIX_SEPARATOR = ".";');
    // No logger is given, and Node's version is Lambda's affair.
    replace('client.middleware-logger.loggerMiddleware', 'export const getLoggerPlugin = () => ({ applyToStack: () => undefined }); export const [loggerMiddleware, loggerMiddlewareOptions] = [];', '@aws-sdk.core.dist-es.submodules');
    replace('client.smithy-client.schemaLogFilter', 'export const schemaLogFilter = (_, data) => data;');
    replace('client.emitWarningIfUnsupportedVersion', 'export const emitWarningIfUnsupportedVersion = () => undefined; export const state = {};', '@aws-sdk.core.dist-es.submodules');
    // No mode of defaults is given, which is the old one.
    replace('config.defaults-mode.resolveDefaultsModeConfig', "export const resolveDefaultsModeConfig = () => async () => 'legacy';");
    // AWS is told the client's name and version and where it runs, and of its settings nothing.
    replace('client.middleware-user-agent.user-agent-middleware', `
      const agent = (pairs) => pairs.map(([name, version]) => version === undefined ? name : name.toLowerCase().replaceAll(' ', '-') + (name.includes('/') ? '#' : '/') + version).join(' ');
      const told = (provider) => (next) => async (args) => { args.request.headers['user-agent'] = agent(await provider()); return next(args); };
      export const getUserAgentPlugin = ({ defaultUserAgentProvider }) => ({ applyToStack: (stack) => { stack.add(told(defaultUserAgentProvider), { name: 'getUserAgentMiddleware', step: 'build', priority: 'low', override: true }); } });
      export const [userAgentMiddleware, getUserAgentMiddlewareOptions] = [];`, '@aws-sdk.core.dist-es.submodules');
    replace('client.middleware-user-agent.configurations', 'export const resolveUserAgentConfig = (settings) => settings; export const DEFAULT_UA_APP_ID = undefined;', '@aws-sdk.core.dist-es.submodules');
    // No extension is given, of which the settings would have to be read and written back.
    replace('runtimeExtensions', 'export const resolveRuntimeExtensions = (settings) => settings;', '@aws-sdk.client-config-service.dist-es');
    // Calls to Config are one address with JSON: no part of their input goes into the host's name or the path, nothing is one of several types, and no number is beyond what JavaScript's hold.
    replace('protocols.HttpBindingNormalizedSchema', 'export const getHttpOperationBindings = () => []; export class HttpBindingNormalizedSchema {}');
    replace('protocols.UnionSerde', 'export class UnionSerde {}');
    replace('serde.value.NumericValue', 'export class NumericValue {} export const nv = undefined;');
    replace('protocols.json.needsReviver', 'export const needsReviver = () => false;');
    replace('protocols.json.jsonReviver', 'export const jsonReviver = undefined;');
    // What is sent is texts, numbers, flags and times under the names that they have here.
    replace('protocols.json.codec-v2.JsonShapeSerializer2', `
      const inSeconds = function (name, value) { return this[name] instanceof Date ? this[name].getTime() / 1000 : value; };
      export class JsonShapeSerializer2 { setSerdeContext() {} write(_, value) { this.value = value; } flush() { return Buffer.from(JSON.stringify(this.value, inSeconds)); } }`);
    // What comes back is the same, with lists, structures and maps of it.
    replace('protocols.json.codec-v2.JsonShapeDeserializer2', `
      import { NormalizedSchema } from '@smithy/core/schema';
      import { parseEpochTimestamp } from '@smithy/core/serde';
      const read = (schema, value) => {
        const shape = NormalizedSchema.of(schema);
        return value == null ? value : shape.isTimestampSchema() ? parseEpochTimestamp(value) : shape.isListSchema() ? value.map((one) => read(shape.getValueSchema(), one))
          : !shape.isStructSchema() ? value : Object.fromEntries([...shape.structIterator()].flatMap(([name, member]) => value[name] == null ? [] : [[name, read(member, value[name])]]));
      };
      export class JsonShapeDeserializer2 { setSerdeContext() {} readObject = read; read(schema, data) { return read(schema, JSON.parse(Buffer.from(data))); } }`);
    // So each call has a body of known length, which is sent at once, and all of them go to one endpoint.
    replace('serde.util-body-length.calculateBodyLength', 'export const calculateBodyLength = (body) => body.byteLength;');
    replace('write-request-body', 'export const writeRequestBody = async (httpRequest, { body }) => { httpRequest.end(body); };', '@smithy.node-http-handler.dist-es');
    // The rules of its addresses, read aloud; a test holds them to what the client has for every Region.
    replace('endpoint.endpointResolver', `
      import { awsEndpointFunctions } from '@aws-sdk/core/client';
      let known;
      const addressOf = ({ Endpoint, Region, UseFIPS, UseDualStack }) => {
        if (Endpoint !== undefined) return Endpoint;
        const { name, dnsSuffix, dualStackDnsSuffix, supportsFIPS, supportsDualStack } = awsEndpointFunctions.partition(Region);
        if ((UseFIPS && !supportsFIPS) || (UseDualStack && !supportsDualStack)) throw new Error('FIPS or dual stack is asked for, which the partition ' + name + ' does not have');
        const isPlain = !UseFIPS || (!UseDualStack && name === 'aws-us-gov');
        return 'https://config' + (isPlain ? '.' : '-fips.') + Region + '.' + (UseDualStack ? dualStackDnsSuffix : dnsSuffix);
      };
      export const defaultEndpointResolver = (given) => known ??= { url: new URL(addressOf(given)), headers: {}, properties: {} };`, '@aws-sdk.client-config-service.dist-es');
    // Where Config is depends on no call, no account and no scope of credentials, and how to sign is told by no address.
    replace('endpoints.middleware-endpoint.adaptors.getEndpointFromInstructions', 'export const bindGetEndpointFromInstructions = () => undefined; export const resolveParams = undefined;');
    replace('endpoints.middleware-endpoint.endpointMiddleware', `
      const written = (value) => value?.hostname === undefined ? value : value.protocol + '//' + value.hostname + (value.port ? ':' + value.port : '') + value.path;
      const settled = async (value) => typeof value === 'function' ? value() : value;
      export const bindEndpointMiddleware = (configured) => ({ config, instructions }) => (next, context) => async (args) => {
        const told = config.isCustomEndpoint ? undefined : await configured(config.serviceId);
        const given = {};
        for (const [name, one] of Object.entries(instructions)) given[name] = written((name === 'Endpoint' ? told : undefined) ?? await settled(config[one.name] ?? config[name]));
        context.endpointV2 = config.endpointProvider(given);
        return next(args);
      };`);
    // It has the credentials of Lambda's environment alone, which it reads for every call, and signs for Config by what the client's way there tells.
    replace('httpAuthSchemes.aws_sdk.resolveAwsSdkSigV4Config', `
      import { normalizeProvider } from '@smithy/core';
      import { SignatureV4 } from '@smithy/signature-v4';
      export const bindResolveAwsSdkSigV4Config = (isOffByDefault) => (config) => Object.assign(config, {
        credentials: config.credentialDefaultProvider(config), systemClockOffset: 0, disableClockSkewCorrection: normalizeProvider(config.disableClockSkewCorrection ?? isOffByDefault),
        signer: async () => new SignatureV4({ ...config, region: config.signingRegion = await normalizeProvider(config.region)(), service: config.signingName = config.defaultSigningName, uriEscapePath: true }),
      });`, '@aws-sdk.core.dist-es.submodules');
    // What others hand in from JavaScript is refused; the rules' own questions are typed. Calls of a function without a body are left out with it.
    replace('misuse', ['Subject', 'Question', 'OtherService', 'Objective', 'Unasked', 'Policy', 'Planes', 'Formula', 'Request', 'Setting', 'Principal', 'Answer', 'Service', 'Provider', 'Text', 'Apart'].map((name) => `export function refuse${name}() {}`).join('\n'), 'policy', 'ts');
    // What keeps outsiders out is told on the command line; a verdict that complies gives no reason.
    replace('why-inside', "export const whyInside = () => '';", 'policy.words', 'ts');
    // Lambda tells its Region in the environment and has no instance metadata.
    replace('config.config-resolver.regionConfig.getInstanceMetadataRegion', 'export const getInstanceMetadataRegion = async () => undefined;');
  },
};

// The evaluator: one CommonJS file, which Lambda loads faster than a module; the runtime brings the other clients.
mkdirSync(`${fresh}/evaluator`, { recursive: true });
writeFileSync(`${fresh}/evaluator/package.json`, '{"type":"commonjs"}\n');
await build({
  entryPoints: ['entry/evaluator/index.ts'], outfile: `${fresh}/evaluator/index.js`, bundle: true, minify: true, platform: 'node', target: 'node22', format: 'cjs',
  mainFields: ['module', 'main'], legalComments: 'none', alias: { '@aws-sdk/credential-provider-node': './entry/evaluator/env-credentials.ts' },
  plugins: [versionsOnly, errorsByName, regionsByPattern, proseLeftOut, unused],
  external: ['@aws-sdk/client-ec2', '@aws-sdk/client-s3', '@aws-sdk/client-ssm', '@aws-sdk/client-redshift-serverless'],
});

// The other functions, with all clients from the runtime: they are started seldom, and each needs several. The re-evaluator is told by
// which evaluator's code the verdicts are, so that another's make it start.
const evaluator = createHash('sha256').update(readFileSync(`${fresh}/evaluator/index.js`)).digest('hex');
const others = ['planner', 'writer', 'reevaluator', 'publisher'];
for (const name of others) {
  mkdirSync(`${fresh}/${name}`, { recursive: true });
  writeFileSync(`${fresh}/${name}/package.json`, '{"type":"commonjs"}\n');
  await build({
    entryPoints: [`entry/${name}/index.ts`], outfile: `${fresh}/${name}/index.js`, bundle: true, minify: true, platform: 'node', target: 'node22', format: 'cjs',
    mainFields: ['module', 'main'], legalComments: 'none', external: ['@aws-sdk/*'], define: { 'process.env.PERIMETER_EVALUATOR_SHA256': JSON.stringify(evaluator) },
  });
}

writeFileSync(`${fresh}/LICENSES.txt`, licencesIn(metafiles));
putInPlace();
const files = ['dist/perimeter.mjs', 'dist/policy.mjs', ...['evaluator', ...others].map((name) => `dist/${name}/index.js`)];
for (const file of files) if (existsSync(file)) console.log(`${file}: ${(statSync(file).size / 1024).toFixed(1)} KiB`);
