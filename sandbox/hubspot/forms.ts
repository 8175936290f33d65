import { hubSpotActor } from './changes.ts';
import type { Portal } from './portal.ts';
import type { PropertyOption } from './properties.ts';
import { notFound } from './rejection.ts';
import { afterForm } from './tracking.ts';

/** What somebody in marketing asks for in a form, each by a property of contacts. */
export type FormField = {
  name: string;
  label: string;
  fieldType: 'email' | 'phone' | 'single_line_text' | 'multi_line_text' | 'dropdown' | 'multiple_checkboxes';
  hidden?: boolean;
  options?: readonly PropertyOption[];
};

export type Form = { id: string; name: string; fields: readonly FormField[]; createdAt: Date };

/** What somebody sent in. */
export type Submission = {
  conversionId: string;
  at: Date;
  values: readonly { name: string; value: string }[];
  pageUrl: string;
};

/** What a form knows of somebody who comes again. */
const filledInAlready = new Set(['email', 'firstname', 'lastname', 'phone', 'company', 'jobtitle']);

/** The forms of the portal, and what was sent in by them. */
export class Forms {
  readonly #portal: Portal;
  readonly #forms = new Map<string, Form>();
  readonly #submissions = new Map<string, Submission[]>();

  constructor(portal: Portal) {
    this.#portal = portal;
  }

  /** Makes a form; its fields are properties of contacts. */
  create({ name, fields }: Pick<Form, 'name' | 'fields'>): Form {
    for (const field of fields) {
      if (!this.#portal.catalog.get('contacts', field.name)) {
        throw new Error(`The field ${field.name} of the form ${name} is no property of contacts`);
      }
    }
    const form = { id: idOf('f0', this.#forms.size), name, fields, createdAt: this.#portal.now() };
    this.#forms.set(form.id, form);
    return form;
  }

  find(id: string): Form {
    const found = this.#forms.get(id);
    if (!found) throw notFound(`No form found with ID ${id}`);
    return found;
  }

  named(name: string): Form | null {
    return [...this.#forms.values()].find((form) => form.name === name) ?? null;
  }

  /** Newest first. */
  submissions({ id }: Pick<Form, 'id'>): readonly Submission[] {
    return this.#submissions.get(id)?.toReversed() ?? [];
  }

  /**
   * A contact sends a form in, on a page: its values are written to the contact, and with them that it did. Values that
   * the form does not ask for HubSpot leaves out.
   */
  submit(
    { id, name, fields }: Form,
    contactId: string,
    { values, page }: { values: Readonly<Record<string, string>>; page: { title: string; url: string } },
  ): void {
    const now = this.#portal.now();
    const contact = this.#portal.record('contacts', contactId);
    const known = Object.fromEntries(contact.properties);
    const given = fields.flatMap((field) => {
      const value = values[field.name] ?? (filledInAlready.has(field.name) ? known[field.name] : undefined);
      return value ? [{ name: field.name, value }] : [];
    });
    const all = this.#submissions.get(id) ?? [];
    this.#submissions.set(id, all);
    const conversionId = idOf('c0', this.#submissions.size * 1000 + all.length);
    all.push({ conversionId, at: now, values: given, pageUrl: page.url });
    const before = known['hs_calculated_form_submissions'];
    this.#portal.update(
      contact,
      {
        ...Object.fromEntries(given.map(({ name, value }) => [name, value])),
        ...afterForm(known, `${page.title}: ${name}`, now),
        hs_calculated_form_submissions: [...(before ? [before] : []), `${id}::${now.getTime()}`].join(';'),
      },
      hubSpotActor('FORM'),
    );
  }
}

/** A UUID that is the same in every run. */
function idOf(kind: string, count: number): string {
  return `${kind}5e1d00-4c1b-4f6e-9a53-${String(count + 1).padStart(12, '0')}`;
}
