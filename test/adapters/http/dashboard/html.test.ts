import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../../../../src/adapters/http/dashboard/html.ts';
import { clean } from '../../../../src/domain/words/line.ts';

/** What a browser reads in text and in an attribute that is in quotes. */
const read = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

test('whatever is put into markup is read as it is, and opens or closes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = html`${text}`.text;
      expect(written).not.toMatch(/[<>"']/);
      expect(read(written)).toBe(clean(text));
      expect(html`<i title="${text}">${[text, html`<br>`]}</i>`.text).toBe(
        `<i title="${written}">${written}<br></i>`,
      );
    }),
  );
});

test('nothing is written for what is not there, and zero for zero', () => {
  expect(html`<p>${null}${undefined}${false}${''}${0}</p>`.text).toBe('<p>0</p>');
});
