import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds on a page as it stands that keeps somebody from using it, each with where it is. */
export async function obstaclesOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // A colour halfway to another is nobody's to read.
  await page.evaluate('for (const one of document.getAnimations()) one.finish()');
  const { violations } = await page.evaluate<AxeResults>(`axe.run({ resultTypes: ['violations'] })`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, html, failureSummary }) =>
          `${id} (${help}) ${target.join(' ')}: ${html} ${failureSummary}`,
      ),
    );
}
