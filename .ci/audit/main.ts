// Looks for known weaknesses in what production installs. Fails on those that are at least high, unless
// exceptions.json names them with a reason and a last day. Where nobody can be asked it says so, and does not fail.
import { fileURLToPath } from 'node:url';
import { lockedPackages } from '../locked-packages.ts';
import { askNpm } from './ask-npm.ts';
import { askOsv } from './ask-osv.ts';
import exceptions from './exceptions.json' with { type: 'json' };
import { exceptionList, refusedOf } from './judge.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = (await lockedPackages()).filter(({ neededFor }) => neededFor !== 'development');

const told = [
  { by: "npm's registry", ask: () => askNpm(root) },
  { by: 'OSV', ask: () => askOsv(packages) },
];
const silent: string[] = [];
for (const { by, ask } of told) {
  const answer = await ask();
  if ('silentBecause' in answer) {
    silent.push(`${by} (${answer.silentBecause})`);
    continue;
  }
  const refused = refusedOf(answer.advisories, exceptionList.parse(exceptions), new Date());
  console.log(`audit: ${by} knows ${answer.advisories.length} advisories about ${packages.length} packages`);
  for (const advisory of answer.advisories) {
    const verdict = refused.includes(advisory) ? 'FAILS' : 'let through';
    console.log(`  ${verdict}: ${advisory.severity} ${advisory.id} ${advisory.package}: ${advisory.title}`);
  }
  process.exit(refused.length > 0 ? 1 : 0);
}
console.log(`audit: nobody could be asked, known weaknesses were NOT looked for: ${silent.join('; ')}`);
