import { type SandboxOptions, startSandbox } from './sandbox.ts';

/** A sandbox that begins anew, at the same address, when somebody at its page asks for that. */
export async function startSandboxes(
  options: Omit<SandboxOptions, 'beginAnew'>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const start = (port: number) =>
    startSandbox({
      ...options,
      port,
      beginAnew: () => {
        current = current.then(async (sandbox) => {
          await sandbox.stop();
          return start(Number(new URL(sandbox.url).port));
        });
        // Whoever stops it hears of a failure; until then the page says that nothing answers.
        current.catch(() => {});
      },
    });
  let current = start(options.port);
  const { url } = await current;
  return { url, stop: async () => (await current).stop() };
}
