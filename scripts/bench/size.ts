import { build } from 'esbuild';

/** Bytes that the engine adds to a minified bundle, its dated tables apart from its code. */
export async function bundledBytes(): Promise<{ readonly code: number; readonly tables: number }> {
  const { metafile } = await build({
    entryPoints: ['policy/index.ts'], bundle: true, minify: true, write: false, metafile: true, platform: 'node', target: 'node20', format: 'esm', outfile: 'policy.mjs',
  });
  const [output] = Object.values(metafile.outputs);
  const tables = Object.entries(output!.inputs).reduce((sum, [path, { bytesInOutput }]) => sum + (/\/tables\//.test(path) ? bytesInOutput : 0), 0);
  return { code: output!.bytes - tables, tables };
}
