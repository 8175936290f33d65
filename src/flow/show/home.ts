import { createHash } from 'node:crypto';
import { asOf, type Home, homeOf, strangersHome } from '../../domain/home/home.ts';
import { peopleOf } from '../../domain/policy/people-of.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Line } from '../../domain/words/line.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { Identify } from '../people/identify.ts';
import { mentionsIn } from '../people/people.ts';
import type { Chat, HomeTab, OpenHome } from '../ports/chat.ts';
import { PermanentFailure, TemporaryFailure } from '../ports/failure.ts';
import type { Observe } from '../ports/observe.ts';
import { type HomeNeeds, type HomeNow, homeNow } from './home-view.ts';

type Needs = HomeNeeds & { identify: Identify; chats: readonly Chat[]; observe: Observe };

/** Shows somebody their home, whoever they are: it opens in front of them, or they have just done something on it. */
export function openHome(needs: Needs): OpenHome {
  const { identify, homes, clock, observe } = needs;
  return async ({ platform, userId, hash = null, notice = [] }) => {
    const tab = tabIn(platform, needs.chats);
    if (!tab) return;
    const reader = await identify(platform, userId);
    try {
      if (!reader) return await welcomeStranger(tab, userId, needs);
      const known = await homeNow(reader, userId, needs);
      await publish(tab, { ...known, hash: hash ?? known.kept?.hash ?? null, userId, notice }, needs);
    } catch (error) {
      if (error instanceof PermanentFailure) {
        observe({ what: 'homeRefused', why: error.code });
        if (reader) await homes.giveUp(reader);
      } else if (reader && error instanceof TemporaryFailure) await homes.refresh(reader, clock());
      else throw error;
    }
  };
}

/** Brings the home that somebody has opened up to date, unless it says what it said before. */
export function refreshHome(needs: Omit<Needs, 'identify'>) {
  const { homes, policy, observe } = needs;
  return async (reader: PersonId): Promise<void> => {
    const tab = tabIn('slack', needs.chats);
    const known = tab && (await homeNow(reader, null, needs));
    if (!tab || !known?.kept) return;
    const { userId, hash, shown } = known.kept;
    try {
      if (!peopleOf(policy()).includes(reader)) {
        await welcomeStranger(tab, userId, needs);
        await homes.giveUp(reader);
      } else if (shown !== shownBy(homeOf(known.view))) {
        await publish(tab, { ...known, hash, userId, notice: [] }, needs);
      }
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
      observe({ what: 'homeRefused', why: error.code });
      await homes.giveUp(reader);
    }
  };
}

function tabIn(platform: Chat['platform'], chats: readonly Chat[]): HomeTab | null {
  return chats.find((chat) => chat.platform === platform)?.home ?? null;
}

type Publication = HomeNow & { userId: string; hash: string | null; notice: Line };

/** Somebody else may have published it since it was read: then it is made anew, of what is known by then. */
async function publish(
  tab: HomeTab,
  { view, people, userId, hash, notice }: Publication,
  needs: HomeNeeds,
): Promise<void> {
  const home = homeOf(view);
  const mentions = mentionsIn('slack', people);
  const page = { ...home, notice, sections: [...home.sections, asOf(view.now, view.words)] };
  const published = await tab.publish(userId, page, mentions, hash);
  if (published === 'overtaken') {
    const anew = await homeNow(view.reader, null, needs);
    return publish(tab, { ...anew, userId, hash: null, notice }, needs);
  }
  // Whatever changes next takes the notice away.
  const shown = notice.length > 0 ? null : shownBy(home);
  const told = { hash: published.hash, shown, leadIds: home.about };
  await needs.homes.published(view.reader, told);
}

async function welcomeStranger(tab: HomeTab, userId: string, { clock, policy }: HomeNeeds): Promise<void> {
  const words = wordsIn(policy().language);
  const home = strangersHome(words);
  const page = { ...home, sections: [...home.sections, asOf(clock(), words)] };
  await tab.publish(userId, page, new Map(), null);
}

/** The same of two homes that say the same, whenever they were made. */
function shownBy(home: Home): string {
  return createHash('sha256').update(JSON.stringify(home)).digest('base64url');
}
