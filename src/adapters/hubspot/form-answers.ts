import { z } from 'zod';
import type { FormAnswer, LeadId } from '../../domain/lead/lead.ts';
import type { PortalProperty } from '../../domain/lead/portal-property.ts';
import type { Crm } from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import type { HubSpot } from './client.ts';
import { isForbidden } from './error-answer.ts';
import { type FormFields, fieldsOfForm } from './form-fields.ts';
import { hourly } from './hourly.ts';
import type { HubSpotContact } from './map-lead.ts';
import { instantOf, listOf, textOf } from './values.ts';

/** What those of the contacts wrote into their newest forms who sent one in since then; of all others nothing. */
export type AnswersReader = (
  contacts: readonly HubSpotContact[],
  since: Date,
) => Promise<ReadonlyMap<LeadId, SentIn>>;

/** What somebody wrote into a form, and the address of the page that it is on; null: HubSpot does not tell. */
type SentIn = { answers: readonly FormAnswer[]; page: string | null };

/** What was sent in last; `form` null: HubSpot does not tell which it was. */
type Sent = { form: string | null; at: Date };

const submissionsPage = z.object({
  results: z.array(
    z.object({
      submittedAt: z.number(),
      values: z.array(z.object({ name: z.string(), value: z.string() })),
      pageUrl: z.string().nullish(),
    }),
  ),
});
type Submission = z.infer<typeof submissionsPage>['results'][number];

/** HubSpot's limit for a page of them; the newest come first. */
const newestLookedAt = 50;

/** HubSpot writes that a form was sent in, and what stood in it, within this time. */
const togetherMs = 2 * 60_000;

/** What is known of a lead without its answers. */
const knownOtherwise = new Set(['email', 'firstname', 'lastname', 'phone', 'mobilephone', 'company']);

/** What a page adds without the lead: where somebody came from, and what they agreed to. */
const addedByPage = /^(?:hs_|utm_|LEGAL_CONSENT|gclid|fbclid|msclkid)/;

const longestAnswer = 2_000;

/**
 * Reads the newest submissions of each form once for a lot, and what its fields are called once an hour. Without the scope
 * `forms`, or the submission, the property `message` is what the lead wrote, if the form has written it. A lead without
 * its answers is better than none: whatever goes wrong here is no failure.
 */
export function answersReader(
  hubspot: HubSpot,
  clock: Clock,
  readContactProperties: Crm['contactProperties'],
): AnswersReader {
  const fields = new Map<string, () => Promise<FormFields>>();
  let mayAskAgain = new Date(0);

  async function submissionsOf(form: string): Promise<readonly Submission[]> {
    if (clock() < mayAskAgain) return [];
    try {
      const path = `/form-integrations/v1/submissions/forms/${form}`;
      const query = { limit: String(newestLookedAt) };
      return submissionsPage.parse(await hubspot.send('read what was sent in', { path, query })).results;
    } catch (error) {
      if (isForbidden(error)) mayAskAgain = new Date(clock().getTime() + 3_600_000);
      return [];
    }
  }

  async function fieldsOf(form: string): Promise<FormFields> {
    const known = fields.get(form) ?? hourly(clock, () => fieldsOfForm(hubspot, form));
    fields.set(form, known);
    return known().catch(() => new Map());
  }

  async function readForm(form: string) {
    const submissions = await submissionsOf(form);
    if (submissions.length === 0) return { submissions, fields: new Map() };
    return { submissions, fields: await fieldsOf(form) };
  }

  return async (contacts, since) => {
    const newest = contacts.flatMap((contact) => {
      const sent = newestOf(contact);
      return sent && sent.at >= since ? [{ contact, sent }] : [];
    });
    if (newest.length === 0) return new Map();
    const asked = new Set(newest.flatMap(({ sent: { form } }) => form ?? []));
    const forms = new Map([...asked].map((form) => [form, readForm(form)]));
    const properties = await readContactProperties().catch(() => null);
    const answers = newest.map(async ({ contact, sent }) => {
      const read = await forms.get(sent.form ?? '');
      const submission = read && theirs(contact, sent, read.submissions);
      const written: SentIn = submission
        ? { answers: answersIn(submission, read.fields, properties), page: submission.pageUrl ?? null }
        : { answers: messageOf(contact, sent, properties), page: null };
      return [contact.id, written] as const;
    });
    return new Map(await Promise.all(answers));
  };
}

/**
 * `hs_calculated_form_submissions` has the 800 newest as `<form>::<milliseconds>`. It may run behind, and knows of no
 * meeting pages: then it does not tell of the last conversion.
 */
function newestOf({ properties }: HubSpotContact): Sent | null {
  const last = instantOf(properties['recent_conversion_date']);
  const all = listOf(properties['hs_calculated_form_submissions']).flatMap((entry) => {
    const [, form, time] = /^([\da-f-]{36}):{1,2}(\d{10,13})$/i.exec(entry) ?? [];
    const at = instantOf(time);
    return form && at ? [{ form, at }] : [];
  });
  const newest = all.reduce<Sent | null>((best, one) => (best && best.at >= one.at ? best : one), null);
  const isLast = newest && (!last || newest.at.getTime() >= last.getTime() - togetherMs);
  return isLast ? newest : last && { form: null, at: last };
}

/** A submission names no contact: it is theirs by the time and the email, or by the time alone in a form without one. */
function theirs(
  { properties }: HubSpotContact,
  { at }: Sent,
  submissions: readonly Submission[],
): Submission | null {
  const email = textOf(properties['email'])?.toLowerCase();
  const then = submissions.filter(({ submittedAt }) => Math.abs(submittedAt - at.getTime()) <= togetherMs);
  const emailIn = ({ values }: Submission) =>
    values
      .find(({ name }) => name === 'email')
      ?.value.trim()
      .toLowerCase();
  const [nameless, ...others] = then.filter((one) => emailIn(one) === undefined);
  const isClear = nameless && others.length === 0 && nameless.submittedAt === at.getTime();
  return then.find((one) => email && emailIn(one) === email) ?? (isClear ? nameless : null);
}

type Properties = ReadonlyMap<string, PortalProperty> | null;

function answersIn(
  { values }: Submission,
  fields: FormFields,
  properties: Properties,
): readonly FormAnswer[] {
  const inOrder = [...fields.keys()];
  const placeOf = (name: string) => (inOrder.includes(name) ? inOrder.indexOf(name) : inOrder.length);
  const asked = values.filter(
    ({ name, value }) =>
      !knownOtherwise.has(name) &&
      value.trim() !== '' &&
      !(fields.get(name)?.hidden ?? addedByPage.test(name)),
  );
  // A question with several answers may have an entry for each.
  const byName = Map.groupBy(asked, ({ name }) => name);
  return [...byName]
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([name, given]) => {
      const { label, options } = fields.get(name) ??
        properties?.get(name) ?? { label: nameInWords(name), options: [] };
      const labelOf = new Map(options.map((option) => [option.value, option.label]));
      const values =
        options.length > 0
          ? given.flatMap(({ value }) => listOf(value))
          : given.map(({ value }) => value.trim());
      const value = values.map((one) => labelOf.get(one) ?? one).join(', ');
      return { label, value: value.slice(0, longestAnswer) };
    });
}

/** What the form wrote into `message`, and no form before it. */
function messageOf(
  { properties, history }: HubSpotContact,
  { at }: Sent,
  known: Properties,
): readonly FormAnswer[] {
  const value = textOf(properties['message']);
  const written = history['message']?.[0]?.timestamp;
  if (value === null || !written || Math.abs(written.getTime() - at.getTime()) > togetherMs) return [];
  return [{ label: known?.get('message')?.label ?? 'Message', value: value.slice(0, longestAnswer) }];
}

/** `number_of_depots` is "Number of depots". */
function nameInWords(name: string): string {
  const words = name.replaceAll(/[_\s]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
