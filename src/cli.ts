import { runCommand } from './commands/commands.ts';
import { loadEnvironmentFile } from './config.ts';

loadEnvironmentFile();
const { env: environment, stdout, stderr } = process;
process.exitCode = await runCommand(process.argv.slice(2), { environment, stdout, stderr });
