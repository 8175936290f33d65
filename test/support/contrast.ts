import type { Locator } from 'playwright-core';

/** WCAG 2.2, 1.4.3: large is 24 pixels, or 18.66 in bold. */
const enough = { small: 4.5, large: 3 };

/**
 * Texts on the screen that are too pale for their ground, each once; those of controls that are switched off may be. What
 * lights up for a while is over before.
 */
export function paleTexts(place: Locator): Promise<string[]> {
  return place.evaluate(async (root, least) => {
    const page = root.ownerDocument;
    for (const animation of page.getAnimations()) await animation.finished;
    const view = page.defaultView;
    if (!view) return [];
    type Colour = { r: number; g: number; b: number; a: number };
    const canvas = page.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const colourOf = (css: string): Colour => {
      if (!canvas) return { r: 0, g: 0, b: 0, a: 0 };
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return { r, g, b, a: a / 255 };
    };
    const over = (top: Colour, below: Colour): Colour => {
      const mixed = (name: 'r' | 'g' | 'b') => top[name] * top.a + below[name] * (1 - top.a);
      return { r: mixed('r'), g: mixed('g'), b: mixed('b'), a: 1 };
    };
    const groundOf = (element: typeof root.parentElement): Colour => {
      if (element === null) return colourOf('canvas');
      const own = colourOf(view.getComputedStyle(element).backgroundColor);
      return own.a === 1 ? own : over(own, groundOf(element.parentElement));
    };
    const lightness = ({ r, g, b }: Colour): number => {
      const [red = 0, green = 0, blue = 0] = [r, g, b]
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const found = new Set<string>();
    const texts = page.createTreeWalker(root, 4);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim();
      if (!element?.checkVisibility({ visibilityProperty: true }) || !text) continue;
      if (element.closest(':disabled, [aria-hidden="true"]')) continue;
      const style = view.getComputedStyle(element);
      if (style.backgroundImage !== 'none') continue;
      const ground = groundOf(element);
      const ink = over(colourOf(style.color), ground);
      const [dark = 0, light = 0] = [lightness(ink), lightness(ground)].sort((a, b) => a - b);
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < (isLarge ? least.large : least.small)) {
        found.add(`${contrast.toFixed(2)}: ${text.slice(0, 40)} (${element.className})`);
      }
    }
    return [...found];
  }, enough);
}
