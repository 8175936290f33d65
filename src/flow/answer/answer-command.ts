import { strangersHome } from '../../domain/home/home.ts';
import type { PersonId, Platform } from '../../domain/policy/policy.ts';
import { type Words, wordsIn } from '../../domain/words/words.ts';
import type { Identify } from '../people/identify.ts';
import { namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { AnswerCommand, Reply } from '../ports/chat.ts';
import { sendSample } from '../show/sample.ts';
import { ooo } from './absence.ts';
import type { AbsenceNeeds } from './absence-needs.ts';
import { comeBack } from './come-back.ts';
import { dashboard } from './dashboard.ts';
import { allHelp, help } from './help.ts';
import { home, settings } from './home.ts';
import { languageAs } from './language.ts';
import { meansAll } from './means-all.ts';
import { notUnderstood, usualAsks } from './not-understood.ts';
import { notifyAs } from './notify.ts';
import { opener } from './opener.ts';
import { overturnByName } from './overturn.ts';
import { recycled } from './recycled.ts';
import { said } from './said.ts';
import { sentBack } from './sent-back.ts';
import { smallTalk } from './small-talk.ts';
import { stats } from './stats.ts';
import { summaryAs } from './summary.ts';
import { pausesFor } from './suppressions.ts';
import { askedIn, type Verb } from './usage.ts';
import { why } from './why.ts';

type Needs = { identify: Identify } & Parameters<typeof stats>[3] &
  Parameters<typeof sentBack>[3] &
  Parameters<typeof recycled>[2] &
  Parameters<typeof overturnByName>[3] &
  AbsenceNeeds &
  Parameters<typeof pausesFor>[2] &
  Parameters<typeof home>[3] &
  Parameters<typeof sendSample>[2] &
  Parameters<typeof why>[3] &
  Parameters<typeof dashboard>[2];

type Asked = { verb: Exclude<Verb, 'help'>; rest: readonly string[] };

/** What cannot be answered, and what could be asked instead. */
type Wrong = { wrong: string };

/** Answers what somebody asks in words. */
export function answerCommand(needs: Needs): AnswerCommand {
  return async ({ platform, userId, text }) => {
    const typed = text.trim() || 'home';
    const asked = askedIn(typed);
    const person = await needs.identify(platform, userId);
    const policy = needs.policy();
    const words = person
      ? wordsFor(person, platform, { people: await needs.directory.people(), policy })
      : wordsIn(policy.language);
    if (!asked) {
      const kind = smallTalk(text, person && (await nameFor(person, needs)), words);
      if (kind) return kind;
      return person
        ? notUnderstood(person, typed.replaceAll(/\s+/g, ' '), words, needs)
        : strangersHome(words);
    }
    const { verb, rest } = asked;
    if (verb === 'help') {
      return meansAll(rest.join(' '))
        ? allHelp(platform, needs.policy(), words)
        : help(person, platform, words, needs);
    }
    if (!person) return strangersHome(words);
    const answer = await answerOf({ verb, rest }, { person, platform, words }, needs);
    return 'wrong' in answer ? said(answer.wrong, words.line('commands.tryThese'), usualAsks(words)) : answer;
  };
}

/** What somebody is called; their address alone is no name. */
async function nameFor(person: PersonId, { directory }: Needs): Promise<string | null> {
  return namesOf(await directory.people()).get(person) ?? null;
}

async function answerOf(
  { verb, rest }: Asked,
  { person, platform, words }: { person: PersonId; platform: Platform; words: Words },
  needs: Needs,
): Promise<Reply | Wrong> {
  const behind = rest.join(' ');
  switch (verb) {
    case 'stats':
      return stats(person, behind, words, needs);
    case 'why':
      return why(person, behind, words, needs);
    case 'opener':
      return opener(person, behind, words, needs);
    case 'sentBack':
      return sentBack(person, rest, words, needs);
    case 'suppressions':
      return pausesFor(person, words, needs);
    case 'recycled':
      return recycled(person, words, needs);
    case 'overturn':
      return overturnByName(person, behind, words, needs);
    case 'dashboard':
      return dashboard(person, words, needs);
    case 'ooo':
      return ooo(person, behind, words, needs);
    case 'back':
      return comeBack(person, words, needs);
    case 'home':
    case 'queue':
      return home(person, platform, behind, needs);
    case 'notify':
      return notifyAs(person, behind, words, needs);
    case 'summary':
      return summaryAs(person, behind, words, needs);
    case 'language':
      return languageAs(person, platform, behind, needs);
    case 'settings':
      return settings(person, words, needs);
    case 'sample':
      return sendSample(person, words, needs);
    default:
      return verb satisfies never;
  }
}
