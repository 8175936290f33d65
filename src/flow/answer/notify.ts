import type { ReplyAction, Row } from '../../domain/card/reply-action.ts';
import { type NotifyWish, readNotify, sayRule } from '../../domain/home/read-notify.ts';
import { isSameRule } from '../../domain/policy/notify-rules.ts';
import type { NotifyBounds, NotifyRule, PersonId, Policy } from '../../domain/policy/policy.ts';
import { type Line, line } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { Directory } from '../ports/people.ts';
import { sayIt } from './said.ts';

type Needs = {
  directory: Directory;
  policy: () => Policy;
  /** Called when what somebody has chosen has changed. */
  heed: (person: PersonId) => Promise<void>;
};

const dayMinutes = 1440;

/** How somebody is told again of what they have not answered: shown, or changed as the policy allows. */
export async function notifyAs(
  person: PersonId,
  said: string,
  words: Words,
  needs: Needs,
): Promise<Reply | { wrong: string }> {
  const policy = needs.policy();
  if (!policy.notify) return { wrong: words.text('notify.notAllowed') };
  const before = (await needs.directory.people()).find(({ id }) => id === person)?.notify ?? [];
  const wish = readNotify(said);
  if (wish.do === 'unknown')
    return {
      wrong: words.text('notify.notUnderstood', { words: said, example: words.text('help.notifyByMail') }),
    };
  const wrong = wish.do === 'add' ? objection(wish.rule, before, policy.notify, policy, words) : null;
  if (wrong) return { wrong };
  const rules = after(before, wish);
  if (rules !== before) {
    await needs.directory.saveNotifyRules(person, rules);
    await needs.heed(person);
  }
  return shown(rules, policy.notify, policy, words, { isChanged: rules !== before });
}

function after(before: readonly NotifyRule[], wish: NotifyWish): readonly NotifyRule[] {
  switch (wish.do) {
    case 'show':
    case 'unknown':
      return before;
    case 'removeAll':
      return [];
    case 'add':
      return before.some((one) => isSameRule(one, wish.rule)) ? before : [...before, wish.rule];
    case 'remove':
      return before.filter((one) => !isSameRule(one, wish.rule));
    default:
      return wish satisfies never;
  }
}

/** Why somebody may not have a rule; null when they may. */
function objection(
  rule: NotifyRule,
  before: readonly NotifyRule[],
  { allow, earliestMinutes, atMost }: NotifyBounds,
  { webhooks }: Policy,
  words: Words,
): string | null {
  if (!allow.includes(rule.kind)) return words.text('notify.notThis', { allowed: words.list(allow) });
  if (rule.afterMinutes < earliestMinutes) return words.text('notify.tooEarly', { minutes: earliestMinutes });
  if (rule.afterMinutes > dayMinutes) return words.text('notify.tooLate');
  if (rule.kind === 'webhook' && !webhooks.some(({ name }) => name === rule.name)) {
    return words.text('notify.unknownWebhook', {
      names: words.list(webhooks.map(({ name }) => name)) || '-',
    });
  }
  const isNew = !before.some((one) => isSameRule(one, rule));
  return isNew && before.length >= atMost ? words.text('notify.tooMany', { count: atMost }) : null;
}

function shown(
  rules: readonly NotifyRule[],
  bounds: NotifyBounds,
  { webhooks }: Policy,
  words: Words,
  { isChanged }: { isChanged: boolean },
): Reply {
  const sorted = rules.toSorted((a, b) => a.afterMinutes - b.afterMinutes);
  const rows = sorted.map(
    (rule): Row => ({
      text: ruleLine(rule, words),
      actions: [sayIt(`notify remove ${sayRule(rule)}`, words.text('notify.remove'))],
    }),
  );
  const none = { kind: 'text', title: '', text: words.line('notify.none') } as const;
  const how = words.line('notify.how', { example: words.text('help.notifyByMail') });
  const since = isChanged ? line` ${words.line('notify.since')}` : [];
  return {
    title: words.text('notify.title'),
    sections: [
      rows.length > 0 ? { kind: 'rows', rows } : none,
      { kind: 'text', title: '', text: line`${how}${since}` },
    ],
    actions: [
      ...offered(
        rules,
        bounds,
        webhooks.map(({ name }) => name),
        words,
      ),
      ...(rules.length > 1 ? [sayIt('notify off', words.text('notify.removeAll'))] : []),
    ],
  };
}

/** One of each kind that is allowed and not chosen yet. */
function offered(
  rules: readonly NotifyRule[],
  { allow, earliestMinutes, atMost }: NotifyBounds,
  webhooks: readonly string[],
  words: Words,
): ReplyAction[] {
  if (rules.length >= atMost) return [];
  const usual = (minutes: number) => Math.max(minutes, Math.ceil(earliestMinutes));
  const [webhook] = webhooks;
  const ideas: NotifyRule[] = [
    { kind: 'again', afterMinutes: usual(10) },
    { kind: 'mail', afterMinutes: usual(30) },
    ...(webhook ? [{ kind: 'webhook', name: webhook, afterMinutes: usual(15) } as const] : []),
  ];
  return ideas
    .filter(({ kind }) => allow.includes(kind) && !rules.some((rule) => rule.kind === kind))
    .map((rule) => {
      const label = words.text('notify.add', { rule: ruleLine(rule, words) });
      return sayIt(`notify ${sayRule(rule)}`, label);
    });
}

function ruleLine(rule: NotifyRule, words: Words): Line {
  const minutes = rule.afterMinutes;
  return rule.kind === 'webhook'
    ? words.line('notify.webhook', { name: rule.name, minutes })
    : words.line(rule.kind === 'mail' ? 'notify.mail' : 'notify.again', { minutes });
}
