import type { Command } from 'commander';
import { postgresPolicyTexts } from '../adapters/postgres/policy-versions.ts';
import { openPolicies } from '../app/policies.ts';
import { takersOf } from '../domain/policy/people-of.ts';
import type { Destination, PersonId, Policy } from '../domain/policy/policy.ts';
import { namesOf } from '../flow/people/people.ts';
import type { HandoffView } from '../flow/ports/handoffs.ts';
import { findSuccessor } from '../flow/watch/find-successor.ts';
import { knownPeople } from '../flow/watch/watch-people.ts';
import { writableDatabase } from './database.ts';
import { usualPolicy } from './options.ts';
import { storesOf } from './stores.ts';
import { harmless, type Terminal } from './terminal.ts';

type Options = { from: string; to: string; policy: string };

/** `handoff move`: all open leads of somebody who leaves go to others. */
export function moveCommand(program: Command, terminal: Terminal): void {
  program
    .command('move')
    .description('give all open leads of somebody to others, as when they leave')
    .requiredOption('--from <email>', 'whose leads')
    .option('--to <email>', 'to whom; the rules of the policy decide, unless given', 'routing')
    .option('--policy <file>', 'the policy in force', usualPolicy(terminal.environment))
    .action((options: Options) => run(options, terminal));
}

async function run({ from, to, policy: file }: Options, terminal: Terminal): Promise<void> {
  const { environment, stdout, clock = () => new Date() } = terminal;
  await using unwinding = new AsyncDisposableStack();
  const connection = await writableDatabase(environment, unwinding);
  const stores = storesOf(connection);
  const { handoffs, directory } = stores;
  const policies = await openPolicies(file, postgresPolicyTexts(connection, clock));
  policies.setPeople(await knownPeople(directory, clock()));
  const person = from.toLowerCase();
  const destination = destinationOf(to, person, policies.current());
  const needs = { ...stores, policyOf: policies.of, clock, observe: () => {} };
  const held = await handoffs.heldBy(person);
  if (held.length === 0) {
    stdout.write(`${from} has no open lead\n`);
    return;
  }
  for (const id of held) {
    const view = await handoffs.view(id);
    if (!view) continue;
    const told = { why: { kind: 'leaves' } as const, quiet: false, to: destination };
    const changed = await findSuccessor(view, person, told, needs);
    const names = namesOf(await directory.people());
    const now = changed?.outcome === 'changed' ? changed.handoff.assignment.rep : null;
    const where = now ? `→ ${names.get(now) ?? now}` : 'stays: nobody else may have it';
    stdout.write(harmless(`${nameOf(view)} ${where}\n`));
  }
}

/** @throws Error naming who could be meant */
function destinationOf(to: string, from: PersonId, policy: Policy): Destination | null {
  if (to === 'routing') return null;
  const person = to.toLowerCase();
  const takers = takersOf(policy).filter((one) => one !== from);
  if (takers.includes(person)) return { kind: 'rep', person };
  throw new Error(`"${to}" may have no leads of theirs: expected routing, or one of ${takers.join(', ')}`);
}

function nameOf({ lead }: HandoffView): string {
  return lead.name ?? lead.email ?? `lead ${lead.id}`;
}
