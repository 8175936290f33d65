import type { Journal } from './journal.ts';
import type { TourState } from './protocol.ts';
import type { World } from './world.ts';

/**
 * The way through the product in four steps, each of which counts once it was taken, by whichever button.
 * @returns where somebody at the page stands
 */
export function tour({ company }: World, { entries }: Journal): () => TourState | null {
  const lead = company.leads.find(({ ways }) => ways.some(({ key }) => key === 'demo'));
  const rep = company.colleagues.find(({ role }) => role === 'rep');
  const manager = company.colleagues.find(({ role, team }) => role === 'manager' && team === rep?.team);
  if (!lead || !rep || !manager) return () => null;
  const steps: { key: TourState['steps'][number]['key']; label: string; done: (text: string) => boolean }[] =
    [
      { key: 'asks', label: 'A lead asks for a demo', done: (text) => text.includes(' got a card in ') },
      {
        key: 'waits',
        label: `${firstName(rep.name)} is in a meeting: +15 min`,
        done: (text) => text.startsWith(`${manager.name} got a card in `),
      },
      {
        key: 'decides',
        label: `${firstName(manager.name)} decides`,
        done: (text) => /clicked “|sent “/.test(text) && text.startsWith(manager.name),
      },
      {
        key: 'numbers',
        label: 'See the numbers',
        done: (text) => / typed .*stats/.test(text),
      },
    ];
  const taken = new Set<string>();
  let seen = 0;
  return () => {
    for (const { id, text } of entries) {
      if (id <= seen) continue;
      seen = id;
      for (const { key, done } of steps) if (done(text)) taken.add(key);
    }
    return {
      lead: lead.key,
      manager: manager.email,
      steps: steps.map(({ key, label }) => ({ key, label, isDone: taken.has(key) })),
    };
  };
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}
