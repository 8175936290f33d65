import { type Conversion, titlesOf } from '../lead/conversion.ts';

/** What a form is called: by its own title, and by that of its page as well where a lone word, as "Download", says too little. */
export function formName(sent: Conversion): string {
  const { page, form } = titlesOf(sent);
  return page && !form.trim().includes(' ') ? `${page}: ${form}` : form;
}

/** A meeting page has only an address in the place of a name. */
export function isMeetingPage({ name }: Conversion): boolean {
  return name.startsWith('Meetings Link: ');
}
