/** Words at the end of a company's name that say what it is in law, and not who; points are left out before. */
const legalForms = new Set(
  `inc incorporated corp corporation co company ltd limited llc llp lp plc pllc pty pvt
   gmbh ggmbh mbh ag se kg kgaa ohg ug eg ev
   sa sas sasu sarl snc srl srls spa sl slu bv nv cv vof
   ab as asa aps oy oyj kft zrt nyrt doo sro ltda and`
    .trim()
    .split(/\s+/),
);

/**
 * What is compared of a company's name: "Initech, Inc." and "INITECH GmbH & Co. KG" are both `initech`. Empty for a
 * name without any letter or digit.
 */
export function comparableName(name: string): string {
  return whoItIs(name).join(' ');
}

/** HubSpot's limit of filters in a group, one for each word. */
const maxWords = 6;

/** The words to search a company by, as they were written: HubSpot takes words apart in its own way. */
export function wordsToSearch(name: string): string[] {
  const telling = new Set(whoItIs(name));
  return name
    .split(/[\s,;/&*()]+/)
    .filter((word) => {
      const parts = wordsOf(word);
      return parts.length > 0 && parts.every((part) => telling.has(part));
    })
    .slice(0, maxWords);
}

function whoItIs(name: string): string[] {
  const words = wordsOf(name);
  while (words.length > 1 && legalForms.has(words.at(-1) ?? '')) words.pop();
  return words;
}

/** Lower-case words without accents; points and apostrophes within a word do not part it: S.A. is `sa`. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}.'’]/gu, '')
    .replaceAll(/[&+]/g, ' and ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
