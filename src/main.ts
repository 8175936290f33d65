import { ConfigError, loadEnvironmentFile, readConfig } from './config.ts';
import { PolicyError } from './policy-file.ts';
import { stopOnSignal } from './stop-on-signal.ts';

try {
  loadEnvironmentFile();
  const { config, secrets } = readConfig(process.env);
  // Loaded only now: a wrong configuration is told before the libraries are read.
  const { startApp } = await import('./app.ts');
  const starting = startApp(config, secrets);
  stopOnSignal(async () => (await starting).stop());
  await starting;
} catch (error) {
  const foreseen = error instanceof ConfigError || error instanceof PolicyError;
  console.error(foreseen ? error.message : error);
  process.exit(1);
}
