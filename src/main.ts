import { ConfigError, loadEnvironmentFile, readConfig } from './config.ts';
import { PolicyError } from './policy-file.ts';

try {
  loadEnvironmentFile();
  const { config, secrets } = readConfig(process.env);
  // Loaded only now: a wrong configuration is told before the libraries are read.
  const { startApp } = await import('./app.ts');
  const app = await startApp(config, secrets);
  const stop = () => {
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM');
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
} catch (error) {
  const foreseen = error instanceof ConfigError || error instanceof PolicyError;
  console.error(foreseen ? error.message : error);
  process.exit(1);
}
