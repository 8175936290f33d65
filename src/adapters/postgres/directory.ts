import type { NotifyRule, PersonId, Platform, WorkingHours } from '../../domain/policy/policy.ts';
import type { Absence } from '../../domain/routing/availability.ts';
import { languageOf } from '../../domain/words/words.ts';
import type { Directory, Person } from '../../flow/ports/people.ts';
import type { Connection } from './connection.ts';
import type { ChatAccount, Rep } from './generated/client.ts';
import { saveAbsences } from './save-absences.ts';
import { fromJson, toJson } from './stored-json.ts';
import { inTransaction } from './transaction.ts';

/** No due time is worked out from further back. */
const lookBackMs = 60 * 24 * 3_600_000;

/** The people of the policy in PostgreSQL. */
export function postgresDirectory({ prisma }: Pick<Connection, 'prisma'>): Directory {
  return {
    people: async () => {
      const [reps, accounts] = await Promise.all([
        prisma.rep.findMany({ orderBy: { id: 'asc' } }),
        prisma.chatAccount.findMany({ orderBy: { platform: 'asc' } }),
      ]);
      return reps.map((rep) => personOf(rep, accounts));
    },

    byAccount: async (platform, userId) => {
      const account = await prisma.chatAccount.findUnique({
        where: { platform_userId: { platform, userId } },
        select: { rep: true },
      });
      return account?.rep ?? null;
    },

    savePeople: (people, now) =>
      inTransaction(prisma, async (tx) => {
        const rows = JSON.stringify(
          people.map(({ ownerId, hours, meetingLink = null, ...person }) => ({
            ...person,
            meeting_link: meetingLink,
            owner_id: ownerId,
            hours: hours && toJson(hours),
          })),
        );
        // In the order in which everybody takes these rows, so that nobody waits in a circle.
        await tx.$executeRaw`select from rep order by id for update`;
        // An owner may pass from one person to another, who must not both hold it for a moment.
        await tx.$executeRaw`
          update rep set owner_id = null
            from jsonb_to_recordset(${rows}::jsonb) as person (id text, owner_id text)
           where rep.owner_id = person.owner_id and rep.id <> person.id`;
        await tx.$executeRaw`
          insert into rep (id, name, owner_id, active, hours, meeting_link, synced_at)
          select id, name, owner_id, active, hours, meeting_link, ${now}::timestamptz
            from jsonb_to_recordset(${rows}::jsonb)
              as person (id text, name text, owner_id text, active boolean, hours jsonb, meeting_link text)
           order by id
          on conflict (id) do update
            set name = excluded.name, owner_id = excluded.owner_id, active = excluded.active,
                hours = excluded.hours, meeting_link = excluded.meeting_link, synced_at = excluded.synced_at`;
      }),

    absences: async (now) => {
      const rows = await prisma.absence.findMany({
        where: { OR: [{ until: null }, { until: { gt: new Date(now.getTime() - lookBackMs) } }] },
        orderBy: [{ from: 'asc' }, { id: 'asc' }],
      });
      const byPerson = new Map<PersonId, Absence[]>();
      for (const { rep, from, until, why } of rows) {
        byPerson.set(rep, [...(byPerson.get(rep) ?? []), { from, until, why: fromJson(why) }]);
      }
      return byPerson;
    },

    saveAbsences: (rep, source, absences, now) =>
      inTransaction(prisma, (tx) => saveAbsences(tx, { rep, source }, absences, now)),

    saveNotifyRules: async (id, rules) => {
      await prisma.rep.updateMany({ where: { id }, data: { notify: toJson(rules) } });
    },

    saveSummaryOff: async (id, summaryOff) => {
      await prisma.rep.updateMany({ where: { id }, data: { summaryOff } });
    },

    saveLanguage: async (id, language) => {
      await prisma.rep.updateMany({ where: { id }, data: { language } });
    },

    missedInRow: async (id) => {
      const rep = await prisma.rep.findUnique({ where: { id }, select: { missedInRow: true } });
      return rep?.missedInRow ?? 0;
    },

    startAfresh: async (id) => {
      await prisma.rep.updateMany({ where: { id }, data: { missedInRow: 0 } });
    },

    saveAccount: (rep, platform, account, now) =>
      inTransaction(prisma, async (tx) => {
        const place = {
          userId: account?.userId ?? null,
          conversationId: account?.conversationId ?? null,
          zone: account?.zone ?? null,
          locale: account?.locale ?? null,
          checkedAt: now,
        };
        if (account) {
          // The account of a person whose email was changed belongs to the new one.
          const taken = { platform, userId: account.userId, rep: { not: rep } };
          await tx.chatAccount.updateMany({ where: taken, data: { userId: null, conversationId: null } });
        }
        await tx.chatAccount.upsert({
          where: { rep_platform: { rep, platform } },
          create: { rep, platform, ...place },
          update: place,
          select: { rep: true },
        });
      }),
  };
}

function personOf(
  { id, name, ownerId, active, hours, meetingLink, language, notify, summaryOff }: Rep,
  accounts: readonly ChatAccount[],
): Person {
  const chosen = languageOf(language);
  const own = accounts.filter((account) => account.rep === id);
  return {
    id,
    name,
    ownerId,
    active,
    hours: hours === null ? null : fromJson<WorkingHours>(hours),
    ...(meetingLink !== null && { meetingLink }),
    ...(chosen && { language: chosen }),
    ...(notify !== null && { notify: fromJson<readonly NotifyRule[]>(notify) }),
    ...(summaryOff && { summaryOff }),
    accounts: own.map(({ platform, userId, conversationId, locale, checkedAt }) => ({
      platform: platform as Platform,
      userId,
      conversationId,
      locale,
      checkedAt,
    })),
  };
}
