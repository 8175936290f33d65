import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The page's files, ready to be sent. */
export type Page = {
  script: string;
  style: string;
};

/** Bundles the browser code with everything it needs: the page works without any network. */
export async function buildPage(): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page/main.tsx', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    outdir: 'page',
    write: false,
    logLevel: 'silent',
  });
  const contentOf = (ending: string): string => {
    const file = outputFiles.find(({ path }) => path.endsWith(ending));
    if (file === undefined)
      throw new Error(`The page has no ${ending} file: expected page/main.tsx to import it`);
    return file.text;
  };
  return { script: contentOf('.js'), style: contentOf('.css') };
}
