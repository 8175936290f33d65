import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { traceOf } from './adapters/log.ts';
import type { App } from './app.ts';
import { ConfigError, loadEnvironmentFile, readConfig } from './config.ts';
import { PolicyError } from './policy-file.ts';
import { stopOnSignal } from './stop-on-signal.ts';

// Node would print it with everything that it quotes.
process.on('uncaughtException', (error) => {
  console.error(traceOf(error));
  process.exit(1);
});

try {
  loadEnvironmentFile();
  const { config, secrets } = readConfig(process.env);
  // From the second time on the start is a quarter faster. In our own directory, not the usual one below /tmp, where
  // another user of the machine could have put code for us to run.
  enableCompileCache(join(config.dataDir, 'compile-cache'));
  // Loaded only now: a wrong configuration is told before the libraries are read.
  const [{ startApp }, { refuseWrongTokens, tellStart }] = await Promise.all([
    import('./app.ts'),
    import('./doctor/start.ts'),
  ]);
  let app: App | null = null;
  // Nobody has been answered before the start is complete, so there is nothing to finish.
  stopOnSignal(async () => app?.stop());
  await refuseWrongTokens(config, secrets);
  app = await startApp(config, secrets);
  const { reloadPolicy } = app;
  process.on('SIGHUP', () => reloadPolicy().catch((error: unknown) => console.error(traceOf(error))));
  await tellStart(app, config);
} catch (error) {
  const foreseen = error instanceof ConfigError || error instanceof PolicyError;
  console.error(foreseen ? error.message : traceOf(error));
  process.exit(1);
}
